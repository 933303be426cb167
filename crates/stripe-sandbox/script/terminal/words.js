// The constants and the error messages of the Terminal script, with the names and codes that Stripe publishes.
const PaymentStatus = { NOT_READY: 'not_ready', READY: 'ready', WAITING_FOR_INPUT: 'waiting_for_input', PROCESSING: 'processing' };
const ConnectionStatus = { CONNECTING: 'connecting', CONNECTED: 'connected', NOT_CONNECTED: 'not_connected' };
const OutputLogLevel = { NONE: 'none', VERBOSE: 'verbose' };

const MESSAGES = {
  no_established_connection: 'No reader is connected. Connect to a reader before you try again.',
  no_active_collect_payment_method_attempt: 'There is no collectPaymentMethod under way that could be cancelled.',
  cancelable_already_completed: 'There is nothing to cancel: the operation has already completed.',
  canceled: 'The operation was cancelled.',
  network_error: 'The reader or Stripe could not be reached. Check the network and try again.',
  already_connected: 'A reader is connected already. Disconnect it before you connect to another.',
  failed_fetch_connection_token: 'onFetchConnectionToken did not give a usable connection token.',
  command_already_in_progress: 'Another command is under way. Wait until it has ended.',
  reader_error: 'The reader could not carry that out.',
};

const failure = (code, message) => ({ error: { code, message: message || MESSAGES[code] } });

// The reader that discovery returns.
const simulatedReader = (location) => ({
  id: 'SIMULATOR',
  object: 'terminal.reader',
  action: null,
  device_sw_version: null,
  device_type: 'simulated_wisepos_e',
  ip_address: '0.0.0.0',
  label: 'SIMULATOR',
  last_seen_at: null,
  livemode: false,
  location: location || null,
  metadata: {},
  serial_number: 'SIMULATOR',
  status: 'online',
});
