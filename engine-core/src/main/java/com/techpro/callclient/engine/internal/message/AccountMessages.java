// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.message;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.internal.message.CpimMessage.Header;
import com.techpro.callclient.engine.internal.message.OutgoingMessages.Form;
import com.techpro.callclient.engine.internal.message.OutgoingMessages.Outgoing;
import com.techpro.callclient.engine.message.MessageOptions;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.MessageReceipt.Status;
import com.techpro.callclient.engine.message.MessageRefusal;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.SipStack;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The text messages of one account, and their receipts. A text with a sender's id is reported once,
 * however often and in whatever form it arrives. Belongs to the loop.
 */
public final class AccountMessages {
    private static final int MOST_REMEMBERED = 256;
    private static final String PLAIN = "text/plain;charset=UTF-8";

    private final EngineLoop loop;
    private final SipStack stack;
    private final SipEndpoint endpoint;
    private final BiConsumer<TextMessage, Consumer<Boolean>> texts;
    private final Consumer<MessageReceipt> receipts;
    private final OutgoingMessages outgoing;
    /** Answers to recent texts, by sender and id. */
    private final Map<String, Answer> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /**
     * @param texts receives each text, with its sender as the network names it. It reports whether
     *     the text is stored or need not be; the MESSAGE is answered then.
     * @param receipts receives the receipts for sent texts
     */
    public AccountMessages(
            EngineLoop loop,
            SipStack stack,
            SipEndpoint endpoint,
            BiConsumer<TextMessage, Consumer<Boolean>> texts,
            Consumer<MessageReceipt> receipts) {
        this.loop = loop;
        this.stack = stack;
        this.endpoint = endpoint;
        this.texts = texts;
        this.receipts = receipts;
        this.outgoing = new OutgoingMessages(endpoint);
    }

    public void send(String id, SipUri to, String text, MessageOptions options, Consumer<MessageOutcome> outcome) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MessageRefusal refusal = text.trim().isEmpty()
                ? MessageRefusal.EMPTY
                : bytes.length > TextMessage.LONGEST ? MessageRefusal.TOO_LONG : null;
        if (refused(id, refusal, outcome)) {
            return;
        }
        Form plain = new Form(PLAIN, bytes);
        List<Form> forms = new ArrayList<>(List.of(plain));
        List<String> asked = new ArrayList<>(3);
        if (options.deliveryReceipt()) {
            asked.add("positive-delivery");
            asked.add("negative-delivery");
        }
        if (options.displayReceipt()) {
            asked.add("display");
        }
        if (!asked.isEmpty()) {
            Header request = new Header("imdn.Disposition-Notification", String.join(", ", asked));
            forms.add(
                    0,
                    new Form(
                            CpimMessage.CONTENT_TYPE,
                            envelope(id, to, PLAIN, bytes, request).encode()));
        }
        outgoing.send(new Outgoing(id, to, forms, outcome));
    }

    /** Sends a receipt to the sender of a text that requested one (RFC 5438 §7.2). */
    public void confirm(String id, TextMessage message, Status status, Consumer<MessageOutcome> outcome) {
        boolean asked = status == Status.DISPLAYED ? message.asksForDisplay() : message.asksForDelivery();
        PartyIdentity sender = message.from();
        boolean named = !sender.withheld() && !sender.user().isEmpty();
        if (refused(id, asked && named ? null : MessageRefusal.NOT_ASKED_FOR, outcome)) {
            return;
        }
        String domain =
                sender.domain().isEmpty() ? endpoint.addressOfRecord().uri().host() : sender.domain();
        SipUri to = SipUri.of("sip", sender.user(), domain, 0);
        byte[] document = new DispositionNotification(message.id(), status)
                .write(loop.now(), endpoint.addressOfRecord().uri().encode());
        byte[] body = envelope(id, to, DispositionNotification.CONTENT_TYPE, document, null)
                .encode();
        outgoing.send(new Outgoing(id, to, List.of(new Form(CpimMessage.CONTENT_TYPE, body)), outcome));
    }

    private boolean refused(String id, @Nullable MessageRefusal otherwise, Consumer<MessageOutcome> outcome) {
        MessageRefusal refusal = endpoint.takesMessages() ? otherwise : MessageRefusal.INSECURE_TRANSPORT;
        if (refusal != null) {
            outcome.accept(new MessageOutcome.Refused(id, refusal));
        }
        return refusal != null;
    }

    private CpimMessage envelope(String id, SipUri to, String type, byte[] content, @Nullable Header asked) {
        List<Header> headers = new ArrayList<>(List.of(
                new Header("From", "<" + endpoint.addressOfRecord().uri().encode() + ">"),
                new Header("To", "<" + to.encode() + ">"),
                new Header(
                        "DateTime", loop.now().truncatedTo(ChronoUnit.SECONDS).toString()),
                new Header("imdn.Message-ID", id)));
        if (asked != null) {
            headers.add(asked);
        }
        return CpimMessage.of(headers, type, content);
    }

    /**
     * Handles a MESSAGE and answers it.
     *
     * @param sender as the phone system names it
     */
    public void received(ServerTransactionHandle transaction, PartyIdentity sender) {
        ReceivedBody body = ReceivedBody.of(transaction.request());
        if (body instanceof ReceivedBody.Unusable unusable) {
            refuse(transaction, unusable.status());
            return;
        }
        if (body instanceof ReceivedBody.Text text) {
            told(transaction, sender, text);
            return;
        }
        transaction.respond(200);
        if (body instanceof ReceivedBody.Receipt receipt) {
            Status status = receipt.notification().status();
            if (status != null) {
                String id = receipt.notification().messageId();
                outgoing.afterOutcome(id, () -> receipts.accept(new MessageReceipt(id, sender, status)));
            }
        }
    }

    private void told(ServerTransactionHandle transaction, PartyIdentity sender, ReceivedBody.Text text) {
        SipRequest request = transaction.request();
        String id = text.id() == null ? request.callId() + "-" + request.cseq().number() : text.id();
        String key = sender.user() + "@" + sender.domain() + " " + id;
        Answer before = known.get(key);
        if (before != null) {
            before.give(transaction); // a duplicate, or sent again after a lost answer
            return;
        }
        Answer answer = new Answer();
        answer.give(transaction);
        known.put(key, answer);
        Instant came = loop.now();
        Instant sent = text.sent() == null || text.sent().isAfter(came) ? came : text.sent();
        texts.accept(
                new TextMessage(
                        id,
                        sender,
                        Caller.of(sender),
                        text.text(),
                        sent,
                        text.asksForDelivery(),
                        text.asksForDisplay()),
                answer::stored);
    }

    /**
     * The answer to all MESSAGEs with the same text: 200 once it is safely stored, 202 if the host
     * has it but it may be lost (RFC 3428 §7).
     */
    private static final class Answer {
        private final List<ServerTransactionHandle> open = new ArrayList<>(1);
        private int status;

        void give(ServerTransactionHandle transaction) {
            if (status == 0) {
                open.add(transaction);
            } else {
                transaction.respond(status);
            }
        }

        void stored(boolean safe) {
            status = safe ? 200 : 202;
            open.forEach(transaction -> transaction.respond(status));
            open.clear();
        }
    }

    private void refuse(ServerTransactionHandle transaction, int status) {
        SipResponse.Builder answer = transaction.response(status);
        if (status == 415) {
            answer.set("Accept", ReceivedBody.ACCEPT);
        }
        RefusalReason reason = status == 415
                ? RefusalReason.UNSUPPORTED_MEDIA_TYPE
                : status == 413 ? RefusalReason.TOO_LARGE : RefusalReason.MALFORMED;
        stack.refused(endpoint.account(), reason, transaction, status);
        transaction.respond(answer.build());
    }

    /** Ends pending messages, because the account is gone. */
    public void close() {
        outgoing.close();
        known.clear();
    }
}
