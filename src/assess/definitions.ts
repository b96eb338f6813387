/** Definitions that figures rest on: what each means, and the work that it comes from. */
export const DEFINITIONS = {
  "weight-of-evidence": {
    label:
      "Weight of evidence in decibans: ten times the decimal logarithm of how much likelier the claim would be under " +
      "one hypothesis than under the other; +10 dB is ten times likelier.",
    citation: "Good (1950), Probability and the Weighing of Evidence",
  },
  credence: {
    label:
      "Credence c: how far a claim is believed, 0 to 1. It tempers the claim: c times its log-likelihood counts. From " +
      "Admiralty grades, the smaller of source reliability (A .95, B .85, C .70, D .50, E .20) and information " +
      "credibility (1 .95, 2 .85, 3 .70, 4 .40, 5 .15); F and 6 set no limit, F6 is .50.",
    citation: "NATO AJP-2.1 (STANAG 2511); Ibrahim and Chen (2000), Power prior distributions for regression models",
  },
  dependence: {
    label:
      "Dependence within a group: of the claims that point the same way, the k-th strongest counts (1 - rho)^(k-1) of " +
      "its weight.",
    citation: "Parley's rule; rho 0 is independence, rho 1 lets only the strongest count",
  },
  posterior: {
    label:
      "Posterior: prior log odds plus the counted weights of all claims. Its interval comes from draws of every " +
      "uncertain input; the central value has each input at its median.",
    citation: "Good (1950), Probability and the Weighing of Evidence",
  },
  contradicted: {
    label: "A claim that its own test contradicts is believed to at most 0.15.",
    citation: "Parley's rule",
  },
  interested: {
    label:
      "A source that takes one side counts as C3 at most about that side and its adversary, until a source without " +
      "that interest says the same. One rule for every side.",
    citation: "Parley's rule",
  },
  "argument-strength": {
    label:
      "Strength in the argument graph: a claim's credence moved by the claims that support and attack it. Shown " +
      "beside the credence; it replaces it only where the case says credence: argued.",
    citation:
      "Rago, Toni, Aurisicchio and Baroni (2016), DF-QuAD; Potyka (2018), Continuous dynamical systems for weighted " +
      "bipolar argumentation",
  },
  "flip-point": {
    label:
      "Flip point: what a claim alone would have to say for the probability to cross the threshold. Where its sign " +
      "would have to change beyond 100:1, no value is said to do it.",
    citation: "Closed form in log odds",
  },
  shapley: {
    label: "Shapley share: a group's mean contribution to the way from prior to posterior over all orders of groups.",
    citation: "Shapley (1953), A value for n-person games",
  },
  "reference-class": {
    label:
      "Reference class: earlier wars that this one is compared with, by a filter that anyone can repeat. What holds of them " +
      "holds of this one as far as it is one of them, and that is a judgement.",
    citation: "Kahneman and Lovallo (1993), Timid choices and bold forecasts, Management Science 39",
  },
  "base-rate": {
    label:
      "Base rate: how likely the event is within so many months for a war that has lasted as long as this one, by those of " +
      "its class that lasted longer: P(ends within k | lasted t) = 1 - S(t + k) / S(t), with S by Kaplan and Meier or from a " +
      "family of durations fitted by maximum likelihood. Intervals are 80 %.",
    citation: "Kaplan and Meier (1958); Kalbfleisch and Prentice (1980), The Statistical Analysis of Failure Time Data",
  },
  shrinkage: {
    label:
      "Shrinkage: the share of a small class is drawn to that of the other members of the class it is part of, the more the " +
      "fewer its own members are and the less the two differ. Its own members have the weight n / (n + s), s what the others " +
      "count for; the interval is of the Beta distribution that is left.",
    citation:
      "Kleinman (1973), Proportions with extraneous variance, Journal of the American Statistical Association 68",
  },
  recurrence: {
    label:
      "Recurrence: the share of peaces that were fought again within so many years, by how the fighting had ended. It is an " +
      "association and no effect of the ending: sides that sign are other sides than those that win.",
    citation: "Kaplan and Meier (1958), Nonparametric estimation from incomplete observations",
  },
  ach: {
    label:
      "Analysis of competing hypotheses: hypotheses ranked by how little speaks against them; I counts 1 and II 2, " +
      "times the claim's credence; consistent ratings do not count.",
    citation: "Heuer (1999), Psychology of Intelligence Analysis, chapter 8",
  },
  ensemble: {
    label:
      "Ensemble: trajectories of fighting, learning from the front, bargaining, talks, ceasefire, settlement and relapse. A " +
      "chance by a date is the share of trajectories in which the event has come by then; victory by arms and uncontrolled " +
      "escalation count as not. Its standard error is sqrt(p (1 - p) / N).",
    citation:
      "Parley's model; mechanisms after Fearon (1995), Slantchev (2003), Zartman (2000), Putnam (1988), Hawkes (1971)",
  },
  "war-value": {
    label:
      "Value of war to a side: its share of the stake moves as a Brownian motion between two collapse lines, discounted, less " +
      "what fighting costs; talks find a range where both prefer terms to it.",
    citation: "Fearon (1995), Rationalist explanations for war; Powell (2006), War as a commitment problem",
  },
  relapse: {
    label:
      "Relapse: chance that the first stop of fighting is broken within some months, after Kaplan and Meier, censored where the " +
      "trajectory ends first.",
    citation: "Kaplan and Meier (1958); hazards after Fortna (2004), Werner and Yuen (2005)",
  },
  lever: {
    label:
      "Lever, do(X): some parameters take other values, everything else stays equal. Trajectories run without and with it on the " +
      "same chance (common random numbers), so that its effect is a mean of paired differences.",
    citation: "Pearl (2009), Causality; Glasserman and Yao (1992)",
  },
  tornado: {
    label:
      "Tornado: one uncertain parameter at a time goes from its 5 % to its 95 % point, the others at their central values; the " +
      "widest bar first.",
    citation: "Howard (1988), Decision analysis: practice and promise",
  },
  drivers: {
    label:
      "Drivers: of the variance of an outcome, the share that uncertain parameters make (the rest is chance inside the model), and " +
      "of that the share of each alone (first-order index), by regression of one sample on it.",
    citation: "Sobol' (1993); Strong, Oakley and Brennan (2014); Plischke (2010)",
  },
  zopa: {
    label:
      "Zone of possible agreement: packages that nobody who must accept refuses, because to each they are worth at least what it " +
      "gets without agreement and cross none of its red lines.",
    citation: "Raiffa (1982), The Art and Science of Negotiation; ratifiers after Putnam (1988)",
  },
  pareto: {
    label:
      "Pareto frontier: packages than which no other is better for one of those who bargain and as good for the others.",
    citation: "Pareto (1906); as enumerated by Minkowski sums over issues",
  },
  solutions: {
    label:
      "Focal packages: the greatest product of gains (Nash), the greatest least share of the best possible gain " +
      "(Kalai-Smorodinsky), the greatest least gain (egalitarian); gains are counted from what a party gets without agreement.",
    citation: "Nash (1950); Kalai and Smorodinsky (1975); Kalai (1977)",
  },
  verdict: {
    label:
      "Verdict: a party would not accept a proposal that is worth less to it than no agreement however it is filled in, or that " +
      "crosses its red lines. What is missing is shared out over the issues by how far each falls short of its best package.",
    citation: "Raiffa (1982); the parts are Parley's rule",
  },
  "graph-model": {
    label:
      "Graph model: states are combinations of options taken or not; each decision maker moves by changing its own options, and " +
      "ranks states by statements, the most important first. A state is an equilibrium by a concept where it is stable for all.",
    citation:
      "Kilgour, Hipel and Fraser (1987); Fang, Hipel and Kilgour (1993), Interactive Decision Making; Peng et al. (1997)",
  },
  nash: {
    label: "Nash: a state is stable for a decision maker that cannot improve on it by its own move.",
    citation: "Nash (1950)",
  },
  gmr: {
    label:
      "GMR: every improvement can be met by moves of the others, of which nobody makes two in succession, that leave the decision " +
      "maker no better off.",
    citation: "Howard (1971), Paradoxes of Rationality",
  },
  smr: {
    label:
      "SMR: as GMR, and from what meets its improvement the decision maker has no way out that is better than the state.",
    citation: "Howard (1971), Paradoxes of Rationality",
  },
  seq: {
    label: "SEQ: as GMR, with answers each of which is an improvement for the one who gives it.",
    citation: "Fraser and Hipel (1979, 1984), Conflict Analysis",
  },
  sseq: {
    label: "SSEQ: as SEQ, and from the answers there is no way out, as in SMR.",
    citation: "Rego and Vieira (2015, 2017), Group Decision and Negotiation",
  },
  link: {
    label:
      "Link table: the sign that a source claims for a driver or an obstacle, what tests of data say of the claim, and " +
      "the sign and size that each engine gives it under each reading. Agree: the same sign under every reading; " +
      "disagree: under none.",
    citation: "Parley's rule",
  },
  threshold: {
    label: "Threshold: the latest value, or a mean or sum over a window, compared with a bound.",
    citation: "",
  },
  trend: {
    label:
      "Trend: Theil-Sen slope and Mann-Kendall test over a window, one-sided at 5 %, with continuity and tie correction; " +
      "fewer than six observations are not tested.",
    citation: "Theil (1950); Sen (1968); Mann (1945); Kendall (1975)",
  },
  change: {
    label:
      "Change: the mean of one period against that of an earlier one, Welch's test, one-sided at 5 %; daily series in " +
      "blocks of seven days.",
    citation: "Welch (1947)",
  },
  stalled: {
    label: "Stalled: the net change over a window stays below a share of a stated whole.",
    citation: "Parley's rule",
  },
} as const satisfies Record<string, { readonly label: string; readonly citation: string }>;

export type DefinitionId = keyof typeof DEFINITIONS;
