// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// socket.io over WebSocket only: Echo, rooms, and with --data FOLDER direct messages in SQLite through better-sqlite3
// (WAL, synchronous=NORMAL: nothing is forced to disk before a message is acknowledged, and no sign-in is checked).
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
const folder = process.argv[2] === '--data' ? process.argv[3] : null;

async function openStore() {
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(`${folder}/messages.db`);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.exec(`CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, conversation TEXT NOT NULL,
    sender TEXT NOT NULL, clientId TEXT NOT NULL, content TEXT NOT NULL, status TEXT NOT NULL, createdAt INTEGER NOT NULL,
    UNIQUE (sender, clientId));
    CREATE INDEX IF NOT EXISTS history ON messages (conversation, createdAt);`);
  return {
    insert: database.prepare('INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?)'),
    deliver: database.prepare("UPDATE messages SET status = 'delivered' WHERE id = ?"),
  };
}

const store = folder ? await openStore() : null;

function send(socket, body, answer) {
  const sender = socket.data.user;
  const createdAt = Date.now();
  const message = {
    id: '', messageId: randomUUID(), clientMessageId: body.clientMessageId, conversationId: body.conversationId,
    senderId: sender, content: body.content, type: body.type, status: 'sent', createdAt: new Date(createdAt).toISOString(),
  };
  message.id = message.messageId;
  store.insert.run(message.id, message.conversationId, sender, body.clientMessageId, body.content, 'sent', createdAt);
  answer?.(message);
  io.to(body.conversationId).emit('ReceiveMessage', message);
  // Somebody else is in the room: delivered.
  if ((io.sockets.adapter.rooms.get(body.conversationId)?.size ?? 0) > 1) {
    store.deliver.run(message.id);
    io.to(`user ${sender}`).emit('MessageStatusUpdated', {
      type: 'message.delivered', data: { messageId: message.id, conversationId: message.conversationId,
        status: 'delivered', timestamp: new Date().toISOString() } });
  }
}

io.on('connection', (socket) => {
  socket.data.user = socket.handshake.query.user ?? 'nobody';
  socket.join(`user ${socket.data.user}`);
  socket.on('Echo', (text, answer) => answer(text));
  socket.on('Join', (group, answer) => {
    socket.join(group);
    answer?.(null);
  });
  socket.on('Broadcast', (group, text) => io.to(group).emit('Message', text));
  if (store) socket.on('SendMessage', (body, answer) => send(socket, body, answer));
});
http.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${http.address().port}`));
