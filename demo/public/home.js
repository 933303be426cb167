// The booking site inside another site's page: open this page under another name than the booking site's.
document.getElementById("booking").src = `http://127.0.0.1:${location.port}/element.html`;
