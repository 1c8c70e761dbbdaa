import type { Health } from './history-schemas.ts';

export interface HealthFacts {
  /** Joined members. */
  members: number;
  /** Of them, present or writing in the day before the reference time; the creator counts as present. */
  active_members: number;
  /** Hours from the last activity to the reference time. */
  idle_hours: number;
  /** Hours since the start; null: not started. */
  age_hours: number | null;
  /** Refused entries in the last 24 hours. */
  refused: number;
  /** One runs or exists. */
  has_recording: boolean;
}

function participation(share: number): number {
  if (share > 0.8) return 40;
  if (share > 0.5) return 30;
  return share > 0.2 ? 20 : 10;
}

function recency(hours: number): number {
  if (hours < 1) return 30;
  if (hours < 24) return 20;
  return hours < 168 ? 10 : 0;
}

function duration(hours: number | null): number {
  if (hours === null) return 0;
  if (hours >= 8) return 10;
  return hours > 1 ? 20 : 5;
}

function levelOf(score: number): Health['level'] {
  if (score >= 80) return 'excellent';
  if (score >= 60) return 'good';
  return score >= 40 ? 'fair' : 'poor';
}

/** 0 to 100 with its factors: product.md, Health. */
export function healthOf(facts: HealthFacts): Health {
  const share = facts.members === 0 ? 0 : facts.active_members / facts.members;
  const factors: Health['factors'] = {
    participation: { points: participation(share), max: 40, value: share },
    recency: { points: recency(facts.idle_hours), max: 30, value: facts.idle_hours },
    duration: { points: duration(facts.age_hours), max: 20, value: facts.age_hours },
    continuity: { points: (facts.refused === 0 ? 5 : 0) + (facts.has_recording ? 5 : 0), max: 10, value: facts.refused },
  };
  const score = Object.values(factors).reduce((sum, { points }) => sum + points, 0);
  return { score, level: levelOf(score), factors };
}
