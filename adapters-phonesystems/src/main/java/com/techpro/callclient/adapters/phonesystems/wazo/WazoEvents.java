// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import com.google.gson.JsonObject;
import com.techpro.callclient.adapters.phonesystems.provisioning.LoginRefusedException;
import com.techpro.callclient.adapters.phonesystems.provisioning.UntrustedJson;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * Events of wazo-websocketd, over one WebSocket while anybody listens. A lost connection is opened
 * again, after one second at first and up to five minutes later. Then each listener is called,
 * because events may have been missed. Callable from any thread; workers do the work and call the
 * listeners.
 */
final class WazoEvents {
    static final Set<String> VOICEMAIL = Set.of(
            "user_voicemail_message_created", "user_voicemail_message_updated", "user_voicemail_message_deleted");
    static final Set<String> CALL_LOG = Set.of("call_log_user_created");

    private static final String PATH = "/api/websocketd/?version=2";
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 9;
    /** In characters. An event has some hundred. */
    private static final int LONGEST = 64 * 1024;
    /** The service's close codes for a token that is not valid, or no longer valid. */
    private static final Set<Integer> TOKEN_ENDED = Set.of(4002, 4003);

    private final WazoApi api;
    private final WazoTokens tokens;
    private final LoginContext context;
    private final Random random;
    private final List<Listening> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Connection current;
    private @Nullable Timer retry;
    private @Nullable String refusedToken;
    private int failures;
    private boolean closed;

    WazoEvents(WazoApi api, WazoTokens tokens, LoginContext context, Random random) {
        this.api = api;
        this.tokens = tokens;
        this.context = context;
        this.random = random;
    }

    /**
     * Calls {@code changed} on a worker when one of the events came or may have been missed. It
     * never runs twice at once.
     */
    Listening listen(Set<String> events, Runnable changed) {
        Listening listening = new Listening(events, changed);
        listeners.add(listening);
        connectAfter(Duration.ZERO);
        return listening;
    }

    /** A listener's registration; closing it ends the calls. */
    final class Listening implements AutoCloseable {
        private final Set<String> events;
        private final Runnable changed;
        private final AtomicBoolean due = new AtomicBoolean();
        private volatile boolean ended;

        private Listening(Set<String> events, Runnable changed) {
            this.events = events;
            this.changed = changed;
        }

        private void publish() {
            // One look serves all events that come at once.
            if (due.compareAndSet(false, true)) {
                var unused = context.later(Duration.ZERO, () -> {
                    due.set(false);
                    if (!ended) {
                        changed.run();
                    }
                });
            }
        }

        @Override
        public void close() {
            ended = true;
            listeners.remove(this);
            disconnectIfIdle();
        }
    }

    /** Closes for good. */
    void close() {
        listeners.forEach(Listening::close);
        synchronized (this) {
            closed = true;
        }
        disconnectIfIdle();
    }

    private synchronized void connectAfter(Duration wait) {
        if (!closed && current == null && retry == null) {
            retry = context.later(wait, this::connect);
        }
    }

    private void connect() {
        Connection connection = new Connection();
        String refused;
        synchronized (this) {
            retry = null;
            if (closed || current != null || listeners.isEmpty()) {
                return;
            }
            current = connection;
            refused = refusedToken;
            refusedToken = null;
        }
        try {
            connection.token = refused == null ? tokens.header() : tokens.renewed(refused);
            connection.opened(api.webSocket(PATH, connection.token, connection));
        } catch (LoginRefusedException e) {
            connection.lost(false);
        }
    }

    private void disconnectIfIdle() {
        Connection unused;
        synchronized (this) {
            if (!listeners.isEmpty() && !closed) {
                return;
            }
            unused = current;
            current = null;
            if (retry != null) {
                retry.cancel();
                retry = null;
            }
        }
        if (unused != null) {
            unused.cancel();
        }
    }

    private synchronized Duration nextWait() {
        long doubled = FIRST_WAIT.toMillis() << Math.min(failures, MOST_DOUBLINGS);
        failures++;
        long wait = Math.min(doubled, LONGEST_WAIT.toMillis());
        // Half of the wait is random, so that not all clients reconnect at once when a server
        // returns.
        return Duration.ofMillis(wait / 2 + (long) (random.nextDouble() * wait / 2));
    }

    private synchronized boolean isCurrent(Connection connection) {
        return current == connection;
    }

    /** One WebSocket, from its handshake on. OkHttp calls it on one thread at a time. */
    private final class Connection extends WebSocketListener {
        private volatile @Nullable WebSocket socket;
        private volatile String token = "";

        void opened(WebSocket opened) {
            socket = opened;
            if (!isCurrent(this)) {
                opened.cancel();
            }
        }

        void cancel() {
            WebSocket open = socket;
            if (open != null) {
                open.cancel();
            }
        }

        @Override
        public void onMessage(WebSocket from, String text) {
            UntrustedJson message = text.length() > LONGEST ? null : UntrustedJson.parseOrNull(text);
            String operation = message == null ? null : message.text("op");
            if (message == null || operation == null) {
                from.cancel();
                return;
            }
            switch (operation) {
                case "init" -> start(from);
                case "start" -> started();
                case "event" -> event(message.object("data"));
                default -> {
                    // The answer to a subscription, or a message of a later version.
                }
            }
        }

        private void start(WebSocket to) {
            for (Set<String> names : List.of(VOICEMAIL, CALL_LOG)) {
                for (String name : names) {
                    JsonObject data = new JsonObject();
                    data.addProperty("event_name", name);
                    send(to, "subscribe", data);
                }
            }
            send(to, "start", null);
        }

        private void send(WebSocket to, String operation, @Nullable JsonObject data) {
            JsonObject message = new JsonObject();
            message.addProperty("op", operation);
            if (data != null) {
                message.add("data", data);
            }
            to.send(message.toString());
        }

        private void started() {
            synchronized (WazoEvents.this) {
                failures = 0;
            }
            if (isCurrent(this)) {
                listeners.forEach(Listening::publish);
            }
        }

        private void event(@Nullable UntrustedJson event) {
            String name = event == null ? null : event.text("name");
            if (name != null && isCurrent(this)) {
                listeners.stream()
                        .filter(listener -> listener.events.contains(name))
                        .forEach(Listening::publish);
            }
        }

        @Override
        public void onClosing(WebSocket from, int code, String reason) {
            from.close(1000, null);
            lost(TOKEN_ENDED.contains(code));
        }

        @Override
        public void onFailure(WebSocket from, Throwable failure, @Nullable Response response) {
            lost(response != null && response.code() == 401);
        }

        void lost(boolean tokenRefused) {
            synchronized (WazoEvents.this) {
                if (current != this) {
                    return;
                }
                current = null;
                refusedToken = tokenRefused ? token : null;
            }
            if (!listeners.isEmpty()) {
                connectAfter(nextWait());
            }
        }
    }

    @Override
    public String toString() {
        return "WazoEvents[listeners=" + listeners.size() + "]";
    }
}
