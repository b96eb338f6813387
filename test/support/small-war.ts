/** A war that is simulated in a moment. */
export const SMALL_WAR = `parley: 1
title: A small war
asOf: 2024-01-31
parties:
  north: {name: North, roles: [{role: belligerent}]}
  south: {name: South, roles: [{role: belligerent}]}
war: {front: {strength: -0.2 to 0.4}, clock: {horizon: 24}}
`;
