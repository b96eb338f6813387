import { percent } from "../../assess/index.ts";
import { Cut } from "../ui/cut.tsx";
import { Table } from "../ui/table.tsx";
import { termsWords } from "../words/terms.ts";
import { digits, type Exhibit, type Names, two } from "./terms-names.ts";

/** Trades and red lines that are listed at once. */
const MOST = 12;

/** Which issues two of those who bargain would trade. */
export function Trades({ terms, names }: { readonly terms: Exhibit; readonly names: Names }) {
  return (
    <section aria-labelledby="trades-h">
      <h2 id="trades-h">{termsWords.trades}</h2>
      <p className="context">{termsWords.tradesHelp}</p>
      {terms.logrolls.length === 0 ? <p>{termsWords.tradesNone}</p> : null}
      {terms.logrolls.length === 0 ? null : (
        <Cut all={terms.logrolls} most={MOST}>
          {(shown) => (
            <Table
              caption={termsWords.trades}
              head={termsWords.tradesHead}
              rows={shown.map(({ parties, issues, shares, rates }) => ({
                id: [...parties, ...issues].join("/"),
                cells: [
                  `${names.party(parties[0])} and ${names.party(parties[1])}`,
                  termsWords.share(names.issue(issues[0]), percent(shares[0][0]), percent(shares[1][0])),
                  termsWords.share(names.issue(issues[1]), percent(shares[0][1]), percent(shares[1][1])),
                  termsWords.rate(two(rates[0])),
                  termsWords.rate(two(rates[1])),
                ],
              }))}
            />
          )}
        </Cut>
      )}
      {terms.opens.length === 0 ? null : (
        <>
          <h3>{termsWords.openers}</h3>
          <Cut all={terms.opens} most={MOST}>
            {(shown) => (
              <Table
                caption={termsWords.openers}
                head={termsWords.openersHead}
                rows={shown.map(({ party, issue, options, size }) => ({
                  id: `${party}/${issue}`,
                  cells: [
                    `${names.issue(issue)}: ${options.map((option) => names.option(issue, option)).join(", ")}`,
                    names.party(party),
                    <span className="size" key="size">
                      {digits(size)}
                    </span>,
                  ],
                }))}
              />
            )}
          </Cut>
        </>
      )}
    </section>
  );
}
