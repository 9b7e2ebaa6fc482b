import type { Line } from './terms.ts'

/**
 * Whether somebody else holds the rights of a line's words, so that no machine may translate them, send them to anybody,
 * or speak them; a person may write them. The flag counts whatever kind the line is: who takes it off, takes it off.
 */
export const isHeld = ({ rights }: Pick<Line, 'rights'>): boolean => rights !== undefined && rights !== ''
