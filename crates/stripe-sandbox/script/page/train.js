// Which train this script is, and what that changes. 3 is the script from before there were trains.
/** @type {any} */
const VERSION = '%VERSION%';
const TRAINS = [3, 'acacia', 'basil', 'clover', 'dahlia', 'endive'];

// Whether this script is of `train` or of a later one.
function since(train) {
  return TRAINS.indexOf(VERSION) >= TRAINS.indexOf(train);
}
