// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.message;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ClientListener;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transaction.TransactionLayer;
import com.techpro.callclient.testkit.pbx.registrar.Binding;
import com.techpro.callclient.testkit.pbx.registrar.Registrar;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Relays MESSAGE requests between extensions (RFC 3428 §7). Stores those for an extension without a
 * device until one registers. On the signalling loop, except reading.
 */
public final class MessageRelay {
    private static final int MOST_STORED = 100;
    /** Limits the memory of a PBX that runs for hours. */
    private static final int MOST_REMEMBERED = 1_000;

    private final EngineLoop loop;
    private final String domain;
    private final Predicate<String> exists;
    private final Registrar registrar;
    private final Supplier<TransactionLayer> transactions;
    private final Supplier<String> tags;
    private final Map<String, Deque<Text>> stored = new ConcurrentHashMap<>();
    private final Set<String> delivering = new HashSet<>();
    private final List<Text> received = new CopyOnWriteArrayList<>();

    /** @param exists whether there is such an extension */
    public MessageRelay(
            EngineLoop loop,
            String domain,
            Predicate<String> exists,
            Registrar registrar,
            Supplier<TransactionLayer> transactions,
            Supplier<String> tags) {
        this.loop = loop;
        this.domain = domain;
        this.exists = exists;
        this.registrar = registrar;
        this.transactions = transactions;
        this.tags = tags;
    }

    /** One message. */
    public static final class Text {
        private final NameAddr from;
        private final String to;
        private final String contentType;
        private final byte[] body;
        /** When it was stored, as a Date header; null for a message relayed at once. */
        private final @Nullable String date;

        private Text(NameAddr from, String to, String contentType, byte[] body, @Nullable String date) {
            this.from = from;
            this.to = to;
            this.contentType = contentType;
            this.body = body;
            this.date = date;
        }

        public NameAddr from() {
            return from;
        }

        public String to() {
            return to;
        }

        public String contentType() {
            return contentType;
        }

        public String bodyText() {
            return new String(body, StandardCharsets.UTF_8);
        }

        private Text kept(String when) {
            return new Text(from, to, contentType, body, date == null ? when : date);
        }
    }

    /** Returns the messages from extensions in order, the last thousand. From any thread. */
    public List<Text> received() {
        return List.copyOf(received);
    }

    /** Returns how many messages wait for an extension. From any thread. */
    public int waitingFor(String extension) {
        Deque<Text> queue = stored.get(extension);
        return queue == null ? 0 : queue.size();
    }

    /** Handles a MESSAGE outside dialogs, whose authenticated sender is that extension. */
    public void request(ServerTransactionHandle transaction, String sender) {
        SipRequest request = transaction.request();
        String user = request.requestUri().user();
        String type = request.header("Content-Type");
        if (user == null || !exists.test(user)) {
            transaction.respond(404);
            return;
        }
        if (type == null) {
            transaction.respond(400);
            return;
        }
        NameAddr from = NameAddr.of(request.from().displayName(), SipUri.of("sip", sender, domain, 0));
        Text text = new Text(from, user, type, request.body(), null);
        if (received.size() == MOST_REMEMBERED) {
            received.remove(0);
        }
        received.add(text);
        send(text, transaction::respond);
    }

    /** Sends a message of the PBX's own, with any sender. */
    public void send(String from, String to, String text) {
        NameAddr sender = NameAddr.of(SipUri.of("sip", from, domain, 0));
        send(
                new Text(sender, to, "text/plain;charset=UTF-8", text.getBytes(StandardCharsets.UTF_8), null),
                status -> {});
    }

    private void send(Text text, IntConsumer answered) {
        if (stored.containsKey(text.to) || registrar.bindingsOf(text.to).isEmpty()) {
            keep(text, answered);
            return;
        }
        fork(text, status -> {
            if (status == 408 || status == 480) {
                keep(text, answered);
            } else {
                answered.accept(status);
            }
        });
    }

    private void keep(Text text, IntConsumer answered) {
        Deque<Text> queue = stored.computeIfAbsent(text.to, to -> new ConcurrentLinkedDeque<>());
        if (queue.size() == MOST_STORED) {
            answered.accept(480);
            return;
        }
        queue.add(
                text.kept(DateTimeFormatter.RFC_1123_DATE_TIME.format(loop.now().atOffset(ZoneOffset.UTC))));
        answered.accept(202);
    }

    /**
     * Delivers stored messages one after the other to an extension that has registered a device.
     */
    public void registered(String extension) {
        Deque<Text> queue = stored.get(extension);
        if (queue == null || delivering.contains(extension)) {
            return;
        }
        Text first = queue.element();
        delivering.add(extension);
        fork(first, status -> {
            delivering.remove(extension);
            if (status == 408 || status == 480) {
                return; // until it registers again
            }
            queue.remove();
            if (queue.isEmpty()) {
                stored.remove(extension, queue);
            } else {
                registered(extension);
            }
        });
    }

    /** Sends to every device; one success is enough. */
    private void fork(Text text, IntConsumer best) {
        List<Binding> devices = registrar.devicesOf(text.to);
        if (devices.isEmpty()) {
            best.accept(480);
            return;
        }
        List<Integer> answers = new ArrayList<>();
        for (Binding device : devices) {
            send(text, device, status -> {
                boolean first = answers.stream().noneMatch(other -> other < 300);
                answers.add(status);
                if (status < 300 && first) {
                    best.accept(status);
                } else if (first && answers.size() == devices.size()) {
                    best.accept(answers.stream()
                            .filter(other -> other != 408 && other != 480)
                            .findFirst()
                            .orElse(480));
                }
            });
        }
    }

    private void send(Text text, Binding device, IntConsumer answered) {
        SipRequest.Builder message = SipRequest.builder(
                        "MESSAGE", device.contact().uri())
                .from(text.from.withTag(tags.get()))
                .to(NameAddr.of(SipUri.of("sip", text.to, domain, 0)))
                .callId(tags.get() + "@" + domain)
                .cseq(1, "MESSAGE")
                .body(text.contentType, text.body);
        if (text.date != null) {
            message.set("Date", text.date);
        }
        device.path().forEach(message::addRoute);
        transactions.get().send(message.build(), device.flow(), new ClientListener() {
            @Override
            public void response(SipResponse response) {
                if (response.isFinal()) {
                    answered.accept(response.status());
                }
            }

            @Override
            public void failed(Failure why) {
                answered.accept(408);
            }
        });
    }

    /** Forgets the sent messages and the stored ones. */
    public void forget() {
        received.clear();
        stored.clear();
        delivering.clear();
    }

    /** Forgets deliveries in progress, as a restart does; stored messages stay. */
    public void forgetDeliveries() {
        delivering.clear();
    }
}
