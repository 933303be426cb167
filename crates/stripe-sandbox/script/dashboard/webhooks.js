// The last webhook deliveries, each with a button to send it again.
function deliveryRow(delivery) {
  const answer = delivery.error || (delivery.status === null ? 'under way' : String(delivery.status));
  const again = delivery.attempt > 1 ? `attempt ${delivery.attempt}` : '';
  return make('li', { className: 'delivery' },
    make('span', { className: 'time' }, clock(delivery.created)),
    make('span', { className: 'path' }, delivery.type),
    make('span', { className: 'facts' }, [delivery.url, again].filter(Boolean).join(' · ')),
    make('span', { className: `status ${delivery.error ? 'bad' : tone(delivery.status)}` }, answer),
    make('button', {
      type: 'button', 'aria-label': `Redeliver ${delivery.type} to ${delivery.url}`,
      on: { click: () => redeliver(delivery) },
    }, 'Redeliver'));
}

async function redeliver(delivery) {
  try {
    await post('/sandbox/webhooks/redeliver', { delivery: delivery.number });
    announce(`${delivery.type} is sent again.`);
  } catch (error) {
    announce(`Not sent: ${error.message}.`);
  }
  await drawWebhooks();
}

let deliveriesDrawn = '';

async function drawWebhooks() {
  const { deliveries } = await read(`/sandbox/webhooks?${query({ limit: 30 })}`);
  const now = JSON.stringify(deliveries);
  if (now === deliveriesDrawn) return;
  deliveriesDrawn = now;
  const focused = [...byId('webhooks').querySelectorAll('button')].indexOf(document.activeElement);
  byId('webhooks').replaceChildren(...deliveries.toReversed().map(deliveryRow));
  if (focused >= 0) byId('webhooks').querySelectorAll('button')[focused]?.focus();
  byId('webhooks-count').textContent = deliveries.length || '';
  byId('no-webhooks').hidden = deliveries.length > 0;
}
