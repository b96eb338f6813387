/**
 * Organisations, coalitions and armed movements that texts on wars name: `kind | Name | other names`. A text that
 * spells out its own short form, such as Rapid Support Forces (RSF), needs no line here.
 */
export const ORGANISATIONS = `
organisation|United Nations|UN,U.N.,UN Security Council,United Nations Security Council,Security Council,UN General Assembly,General Assembly,UNHCR,UNICEF,OCHA,World Food Programme,WFP,UN Secretary-General
coalition|European Union|EU,E.U.,European Commission,European Council,Brussels
coalition|NATO|North Atlantic Treaty Organization,North Atlantic Treaty Organisation,North Atlantic alliance
organisation|African Union|AU
organisation|Arab League|League of Arab States
organisation|IGAD|Intergovernmental Authority on Development
organisation|ECOWAS|Economic Community of West African States
organisation|East African Community|EAC
organisation|SADC|Southern African Development Community
organisation|OSCE|Organization for Security and Co-operation in Europe,Organisation for Security and Co-operation in Europe
organisation|Organisation of Islamic Cooperation|OIC,Organization of Islamic Cooperation
organisation|Gulf Cooperation Council|GCC
organisation|ASEAN|Association of Southeast Asian Nations
organisation|Organization of American States|OAS,Organisation of American States
organisation|Collective Security Treaty Organization|CSTO
organisation|Shanghai Cooperation Organization|SCO,Shanghai Cooperation Organisation
organisation|Eurasian Economic Union|EAEU
organisation|Minsk Group|OSCE Minsk Group
organisation|International Committee of the Red Cross|ICRC,Red Cross
organisation|International Criminal Court|ICC
organisation|International Court of Justice|ICJ
organisation|International Atomic Energy Agency|IAEA
organisation|International Monetary Fund|IMF
organisation|World Bank|
organisation|World Health Organization|WHO,World Health Organisation
organisation|Amnesty International|
organisation|Human Rights Watch|
organisation|Holy See|Vatican
coalition|G7|Group of Seven
coalition|G20|Group of Twenty
coalition|BRICS|
coalition|Europe|European leaders,European countries,European governments,European states,European allies,European capitals,Europeans
coalition|West|Western countries,Western powers,Western governments,Western states,Western leaders,Western allies,Western capitals
coalition|Global South|Global South countries
coalition|Gulf states|Gulf countries
movement|Hamas|
movement|Hezbollah|Hizbullah,Hizbollah
movement|Houthis|Houthi,Ansar Allah,Ansarallah
movement|Taliban|
movement|Islamic State|ISIS,ISIL,IS,Daesh
movement|Al-Qaeda|al-Qaeda,Al Qaeda,al Qaeda
movement|Al-Shabaab|al-Shabaab,Al Shabaab
movement|Boko Haram|
movement|Fatah|
movement|Palestinian Authority|
movement|Palestinian Islamic Jihad|Islamic Jihad
movement|Rapid Support Forces|RSF
movement|Sudanese Armed Forces|SAF
movement|Tigray People's Liberation Front|TPLF,Tigrayan
movement|Oromo Liberation Army|OLA
movement|Fano|
movement|National Liberation Army|ELN
movement|FARC|Revolutionary Armed Forces of Colombia
movement|Southern Transitional Council|STC
movement|Presidential Leadership Council|PLC
movement|M23|March 23 Movement
movement|Kurdistan Workers' Party|PKK
movement|Syrian Democratic Forces|SDF
movement|Hayat Tahrir al-Sham|HTS
movement|Libyan National Army|LNA
movement|Government of National Unity|GNU
movement|Arakan Army|
movement|National Unity Government|NUG
movement|Karen National Union|KNU
movement|Moro Islamic Liberation Front|MILF
movement|Polisario Front|Polisario
movement|Wagner Group|Wagner,Africa Corps
movement|Lord's Resistance Army|LRA
movement|SPLM-IO|SPLA-IO
`;
