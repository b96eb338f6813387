/**
 * Countries and territories by which texts on wars name governments: `Name | adjectives and peoples | capitals and
 * seats | other names`. The capital stands for the government where the country is among those that the text speaks of.
 *
 * Names follow the United Nations' short forms in the main; a name says nothing about status. Plurals in -s are read too.
 */
export const COUNTRIES = `
Afghanistan|Afghan|Kabul|Islamic Emirate of Afghanistan
Albania|Albanian|Tirana
Algeria|Algerian|Algiers
Angola|Angolan|Luanda
Argentina|Argentine,Argentinian|Buenos Aires
Armenia|Armenian|Yerevan
Australia|Australian|Canberra
Austria|Austrian|Vienna
Azerbaijan|Azerbaijani,Azeri|Baku
Bahrain|Bahraini|Manama
Bangladesh|Bangladeshi|Dhaka
Belarus|Belarusian,Belarussian|Minsk
Belgium|Belgian|
Benin|Beninese|Porto-Novo
Bolivia|Bolivian|La Paz
Bosnia and Herzegovina|Bosnian|Sarajevo|Bosnia,Bosnia-Herzegovina
Botswana||Gaborone
Brazil|Brazilian|Brasilia,Brasília
Bulgaria|Bulgarian|Sofia
Burkina Faso|Burkinabe,Burkinabè|Ouagadougou
Burundi|Burundian|Gitega,Bujumbura
Cambodia|Cambodian|Phnom Penh
Cameroon|Cameroonian|Yaounde,Yaoundé
Canada|Canadian|Ottawa
Central African Republic||Bangui|CAR
Chad|Chadian|N'Djamena
Chile|Chilean|Santiago
China|Chinese|Beijing,Peking|People's Republic of China,PRC
Colombia|Colombian|Bogota,Bogotá
Congo-Brazzaville||Brazzaville|Republic of the Congo
Costa Rica|Costa Rican|San Jose
Croatia|Croatian,Croat|Zagreb
Cuba|Cuban|Havana
Cyprus|Cypriot|Nicosia|Republic of Cyprus
Czechia|Czech|Prague|Czech Republic
Democratic Republic of the Congo|Congolese|Kinshasa|DR Congo,DRC,Congo
Denmark|Danish,Dane|Copenhagen
Djibouti|Djiboutian|
Ecuador|Ecuadorian|Quito
Egypt|Egyptian|Cairo
El Salvador|Salvadoran,Salvadorean|San Salvador
Eritrea|Eritrean|Asmara
Estonia|Estonian|Tallinn
Ethiopia|Ethiopian|Addis Ababa
Finland|Finnish,Finn|Helsinki
France|French|Paris,Elysee,Élysée
Gabon|Gabonese|Libreville
Gambia|Gambian|Banjul
Georgia|Georgian|Tbilisi
Germany|German|Berlin
Ghana|Ghanaian|Accra
Greece|Greek|Athens
Guatemala|Guatemalan|
Guinea|Guinean|Conakry
Guinea-Bissau||Bissau
Haiti|Haitian|Port-au-Prince
Honduras|Honduran|Tegucigalpa
Hungary|Hungarian|Budapest
Iceland|Icelandic|Reykjavik
India|Indian|New Delhi,Delhi
Indonesia|Indonesian|Jakarta
Iran|Iranian|Tehran,Teheran|Islamic Republic of Iran
Iraq|Iraqi|Baghdad
Ireland|Irish|Dublin
Israel|Israeli|Tel Aviv
Italy|Italian|Rome
Ivory Coast|Ivorian|Abidjan,Yamoussoukro|Côte d'Ivoire,Cote d'Ivoire
Japan|Japanese|Tokyo
Jordan|Jordanian|Amman
Kazakhstan|Kazakh,Kazakhstani|Astana
Kenya|Kenyan|Nairobi
Kosovo|Kosovar,Kosovan|Pristina,Prishtina
Kuwait|Kuwaiti|Kuwait City
Kyrgyzstan|Kyrgyz|Bishkek
Laos|Lao,Laotian|Vientiane
Latvia|Latvian|Riga
Lebanon|Lebanese|Beirut
Liberia|Liberian|Monrovia
Libya|Libyan|Tripoli
Lithuania|Lithuanian|Vilnius
Luxembourg||
Malawi|Malawian|Lilongwe
Malaysia|Malaysian|Kuala Lumpur
Mali|Malian|Bamako
Malta|Maltese|Valletta
Mauritania|Mauritanian|Nouakchott
Mexico|Mexican|Mexico City
Moldova|Moldovan|Chisinau,Chișinău
Mongolia|Mongolian|Ulaanbaatar
Montenegro|Montenegrin|Podgorica
Morocco|Moroccan|Rabat
Mozambique|Mozambican|Maputo
Myanmar|Burmese|Naypyidaw,Naypyitaw|Burma
Namibia|Namibian|Windhoek
Nepal|Nepali,Nepalese|Kathmandu
Netherlands|Dutch|The Hague,Amsterdam
New Zealand|New Zealander|Wellington
Nicaragua|Nicaraguan|Managua
Niger|Nigerien|Niamey
Nigeria|Nigerian|Abuja
North Korea|North Korean|Pyongyang|DPRK,Democratic People's Republic of Korea
North Macedonia|Macedonian|Skopje
Norway|Norwegian|Oslo
Oman|Omani|Muscat
Pakistan|Pakistani|Islamabad
Palestine|Palestinian|Ramallah|State of Palestine
Panama|Panamanian|
Papua New Guinea||Port Moresby
Paraguay|Paraguayan|Asuncion
Peru|Peruvian|Lima
Philippines|Philippine,Filipino|Manila
Poland|Polish|Warsaw
Portugal|Portuguese|Lisbon
Qatar|Qatari|Doha
Romania|Romanian|Bucharest
Russia|Russian|Moscow,Kremlin|Russian Federation
Rwanda|Rwandan|Kigali
Saudi Arabia|Saudi,Saudi Arabian|Riyadh|Kingdom of Saudi Arabia
Senegal|Senegalese|Dakar
Serbia|Serbian,Serb|Belgrade
Sierra Leone|Sierra Leonean|Freetown
Singapore|Singaporean|
Slovakia|Slovak|Bratislava
Slovenia|Slovenian,Slovene|Ljubljana
Somalia|Somali|Mogadishu
Somaliland||Hargeisa
South Africa|South African|Pretoria
South Korea|South Korean|Seoul|Republic of Korea
South Sudan|South Sudanese|Juba
Spain|Spanish,Spaniard|Madrid
Sri Lanka|Sri Lankan|Colombo
Sudan|Sudanese|Khartoum,Port Sudan
Sweden|Swedish,Swede|Stockholm
Switzerland|Swiss|Bern,Berne
Syria|Syrian|Damascus|Syrian Arab Republic
Taiwan|Taiwanese|Taipei
Tajikistan|Tajik|Dushanbe
Tanzania|Tanzanian|Dodoma,Dar es Salaam
Thailand|Thai|Bangkok
Timor-Leste|Timorese|Dili|East Timor
Togo|Togolese|Lome,Lomé
Tunisia|Tunisian|Tunis
Türkiye|Turkish,Turk|Ankara|Turkey,Turkiye
Turkmenistan|Turkmen|Ashgabat
Uganda|Ugandan|Kampala
Ukraine|Ukrainian|Kyiv,Kiev
United Arab Emirates|Emirati|Abu Dhabi|UAE,Emirates
United Kingdom|British,Briton|London,Downing Street,Whitehall|UK,U.K.,Britain,Great Britain
United States|American|Washington,White House,Pentagon,State Department|US,U.S.,USA,U.S.A.,United States of America,America
Uruguay|Uruguayan|Montevideo
Uzbekistan|Uzbek|Tashkent
Venezuela|Venezuelan|Caracas
Vietnam|Vietnamese|Hanoi|Viet Nam
Western Sahara|Sahrawi|
Yemen|Yemeni|Sanaa,Sana'a,Aden
Zambia|Zambian|Lusaka
Zimbabwe|Zimbabwean|Harare
Abkhazia|Abkhaz,Abkhazian|Sukhumi
Chechnya|Chechen|Grozny
South Ossetia|South Ossetian|Tskhinvali
Transnistria|Transnistrian|Tiraspol
`;
