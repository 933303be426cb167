// The choice of a network for a co-branded card. Hidden for every other card.
/** @type {Record<string, string>} */
const NETWORK_NAMES = { visa: 'Visa', mastercard: 'Mastercard', cartes_bancaires: 'Cartes Bancaires' };

class NetworkChoice {
  /** @param {() => void} changed */
  constructor(changed) {
    this.node = document.createElement('select');
    this.node.className = 'Network';
    this.node.name = 'network';
    this.node.hidden = true;
    this.node.addEventListener('change', changed);
    /** @type {string[]} */
    this.offered = [];
  }

  get value() { return this.offered.length > 1 ? this.node.value : ''; }

  /**
   * Returns whether the offered networks have changed.
   * @param {string[]} networks
   * @param {string[]} preferred
   */
  offer(networks, preferred) {
    if (networks.join() === this.offered.join()) return false;
    this.offered = networks;
    this.node.hidden = networks.length < 2;
    this.node.replaceChildren(new Option('', ''), ...networks.map((network) => new Option(NETWORK_NAMES[network] || network, network)));
    this.node.value = preferred.find((network) => networks.includes(network)) || '';
    return true;
  }

  /** @param {string} words */
  label(words) {
    this.node.setAttribute('aria-label', words);
    if (this.node.options[0]) this.node.options[0].text = '–';
  }
}
