/** Node's timers fire at once above this, in milliseconds: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
export const LONGEST_TIMER_MILLIS: number = 2 ** 31 - 1
