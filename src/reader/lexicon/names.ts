/** Capitalised words that name no actor: days, months, languages of headings, ordinary words at the head of sentences. */
export const NOT_NAMES: ReadonlySet<string> = new Set(
  (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august " +
    "september october november december spring summer autumn winter i god internet covid christmas easter ramadan " +
    "north south east west northern southern eastern western central " +
    "first firstly second secondly third thirdly fourth fourthly fifth finally lastly " +
    "mr mrs ms dr photo note editor editors source sources figure table chapter section annex article appendix part " +
    "nobody everyone nothing something someone one two three four five six seven eight nine ten " +
    "summary introduction background conclusion recommendations abstract read related more copyright reporting " +
    "agreement treaty protocol declaration accord accords resolution charter convention peace war talks"
  ).split(" "),
);

/** Posts before a person's name: the name that follows is a person, and the state before the post is theirs. */
export const POSTS: ReadonlySet<string> = new Set(
  (
    "president prime minister chancellor king queen prince emir sultan sheikh foreign defence defense interior finance " +
    "secretary general secretary-general ambassador envoy governor senator general colonel commander chief spokesman " +
    "spokeswoman spokesperson premier chairman leader vice deputy"
  ).split(" "),
);

/** Heads of state and government in the wars that cases are most often about, by the country that they stand for. */
export const LEADERS = `
Ukraine|Zelensky,Zelenskyy,Zelenskiy
Russia|Putin,Lavrov,Peskov
United States|Biden,Trump,Blinken,Rubio
China|Xi Jinping,Wang Yi
France|Macron
United Kingdom|Starmer
Germany|Scholz,Merz
Türkiye|Erdogan,Erdoğan
Israel|Netanyahu
NATO|Rutte,Stoltenberg
United Nations|Guterres
Azerbaijan|Aliyev
Armenia|Pashinyan
Ethiopia|Abiy Ahmed
Eritrea|Isaias Afwerki
Colombia|Petro
Sudanese Armed Forces|Burhan
Rapid Support Forces|Hemedti,Hemeti
`;
