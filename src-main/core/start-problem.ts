/** A reason not to start that the person can do something about: its message is shown as it is, without a stack. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}
