// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The npm package ws as it is commonly used, doing what the floor does: /echo answers, /publish goes to all on /fanout.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false, clientTracking: false });
const subscribers = new Set();

server.on('connection', (socket, request) => {
  if (request.url === '/fanout') {
    subscribers.add(socket);
    socket.on('close', () => subscribers.delete(socket));
  } else if (request.url === '/publish') {
    socket.on('message', (data) => {
      for (const subscriber of subscribers) subscriber.send(data, { binary: false });
    });
  } else {
    socket.on('message', (data) => socket.send(data, { binary: false }));
  }
  socket.on('error', () => {});
});
server.on('listening', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
