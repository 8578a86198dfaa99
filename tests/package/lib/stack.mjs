// Where a program has used up its stack.

/** Calls a function where the stack has hardly any room left. */
export function atTheEndOfTheStack(call) {
  let hasCalled = false;
  const deeper = () => {
    try {
      deeper();
    } catch (error) {
      if (!hasCalled) {
        hasCalled = true;
        try {
          call();
        } catch {
          // There was no room even for the call itself.
        }
      }
      throw error;
    }
  };
  deeper();
}
