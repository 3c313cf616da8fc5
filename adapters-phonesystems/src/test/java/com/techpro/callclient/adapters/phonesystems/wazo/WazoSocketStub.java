// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** The part of a stub that is wazo-websocketd, in version 2 of its protocol: it objects to what that does not know. */
final class WazoSocketStub {
    private static final Set<String> EVENTS = Set.of(
            "user_voicemail_message_created",
            "user_voicemail_message_updated",
            "user_voicemail_message_deleted",
            "call_log_user_created",
            "favorite_added",
            "favorite_deleted");

    final AtomicInteger connections = new AtomicInteger();
    private final WazoStub wazo;
    private final Set<Peer> started = ConcurrentHashMap.newKeySet();
    private final List<Peer> open = new CopyOnWriteArrayList<>();

    WazoSocketStub(WazoStub wazo) {
        this.wazo = wazo;
        wazo.socket = this::upgrade;
    }

    private MockResponse upgrade(RecordedRequest request) {
        connections.incrementAndGet();
        boolean valid = wazo.sessionOfToken.containsKey(
                String.valueOf(request.getHeaders().get("X-Auth-Token")));
        return new MockResponse.Builder().webSocketUpgrade(new Peer(valid)).build();
    }

    /** Tells everybody who asked for it. */
    void tell(String event) {
        for (Peer peer : started) {
            peer.tell(event);
        }
    }

    void sendAll(String text) {
        open.forEach(peer -> peer.socket.send(text));
    }

    /** Ends every connection, with that code. */
    void closeAll(int code) {
        open.forEach(peer -> peer.socket.close(code, null));
    }

    int listening() {
        return started.size();
    }

    private final class Peer extends WebSocketListener {
        private final boolean valid;
        private final Set<String> subscribed = ConcurrentHashMap.newKeySet();
        private volatile WebSocket socket;

        Peer(boolean valid) {
            this.valid = valid;
        }

        @Override
        public void onOpen(WebSocket opened, Response response) {
            socket = opened;
            if (!valid) {
                opened.close(4002, "authentication failed");
                return;
            }
            open.add(this);
            opened.send("{\"op\": \"init\", \"code\": 0, \"data\": {\"version\": 2}}");
        }

        @Override
        public void onMessage(WebSocket from, String text) {
            JsonObject message = JsonParser.parseString(text).getAsJsonObject();
            String operation = message.get("op").getAsString();
            if (operation.equals("subscribe")) {
                String name = message.getAsJsonObject("data").get("event_name").getAsString();
                if (!EVENTS.contains(name)) {
                    wazo.objections.add("unknown event " + name);
                }
                subscribed.add(name);
                from.send("{\"op\": \"subscribe\", \"code\": 0}");
            } else if (operation.equals("start") && message.size() == 1) {
                from.send("{\"op\": \"start\", \"code\": 0}");
                started.add(this);
            } else {
                wazo.objections.add("unknown operation " + text);
            }
        }

        void tell(String event) {
            if (subscribed.contains(event)) {
                socket.send("{\"op\": \"event\", \"code\": 0, \"data\": {\"name\": \"" + event + "\", \"data\": {}}}");
            }
        }

        @Override
        public void onClosing(WebSocket from, int code, String reason) {
            gone();
            from.close(1000, null);
        }

        @Override
        public void onFailure(WebSocket from, Throwable failure, Response response) {
            gone();
        }

        private void gone() {
            started.remove(this);
            open.remove(this);
        }
    }
}
