// Each method returns a promise, or calls its last argument when that is a function: once, and after the method has returned.
function promiseOrCallback(call) {
  return function either(...args) {
    const callback = typeof args[args.length - 1] === 'function' ? args.pop() : null;
    const made = call.apply(this, args);
    if (!callback || !(made instanceof Promise)) return made;
    made.then((value) => setTimeout(() => callback(null, value)), (error) => setTimeout(() => callback(error)));
    return undefined;
  };
}

function wrapMethods(type) {
  for (const name of methodsOf(type)) type.prototype[name] = promiseOrCallback(type.prototype[name]);
}

function methodsOf(type) {
  return Object.getOwnPropertyNames(type.prototype).filter((name) => name !== 'constructor' && !name.startsWith('_'));
}

// After teardown every method throws an error with its own name.
function endMethods(object, names) {
  for (const name of names) {
    object[name] = () => {
      throw failure('METHOD_CALLED_AFTER_TEARDOWN', { message: `${name} cannot be called after teardown.` });
    };
  }
}

function uuid() {
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
