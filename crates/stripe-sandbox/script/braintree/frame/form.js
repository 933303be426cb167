// The fields of one form, as each frame knows the others: over a channel of this origin, which no page can read.
const GONE = 10000;

class Form {
  constructor(component, key, present) {
    Object.assign(this, { key, present, known: {}, count: 0, waiting: new Map() });
    this.channel = new BroadcastChannel(component);
    this.channel.onmessage = ({ data }) => this.hear(data);
  }

  // What the other frames must know of a field: the brands of the number, and the month for the year. It must never be a
  // complete number.
  tell(about) {
    this.channel.postMessage({ from: this.key, about });
  }

  ask() {
    this.channel.postMessage({ from: this.key, who: true });
  }

  hear(data) {
    if (data.about) {
      this.known = { ...this.known, ...data.about };
      this.onKnown();
    }
    if (data.who) this.onAsked();
    if (data.collect) this.channel.postMessage({ answer: data.collect, from: this.key, field: this.onCollect() });
    const asked = this.waiting.get(data.answer);
    if (asked) asked(data.from, data.field);
  }

  // The value and the state of every field, with those of this frame. A removed frame has neither.
  collect() {
    this.count += 1;
    const number = `${this.key}-${this.count}`;
    const found = { [this.key]: this.onCollect() };
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.waiting.delete(number);
        resolve(found);
      };
      const timer = setTimeout(done, GONE);
      this.waiting.set(number, (from, field) => {
        found[from] = field;
        if (this.present.every((key) => found[key])) done();
      });
      this.channel.postMessage({ collect: number, from: this.key });
      if (this.present.every((key) => found[key])) done();
    });
  }
}
