// Embeds the booking site in another site's page. Open this page under another host name than the booking site's.
document.getElementById("booking").src = `http://127.0.0.1:${location.port}/element.html`;
