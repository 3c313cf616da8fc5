// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.MessageRefusal;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The texts of a fake account. Under the context's lock. */
final class FakeMessaging {
    private final FakeContext context;
    private final FakeTextMessages kept;
    private final SipAccount sip;
    private Function<String, MessageOutcome> outcomes = MessageOutcome.Delivered::new;

    FakeMessaging(FakeContext context, FakeTextMessages kept, SipAccount sip) {
        this.context = context;
        this.kept = kept;
        this.sip = sip;
    }

    /** @param next gives the outcome of each text by its id */
    void answerWith(Function<String, MessageOutcome> next) {
        outcomes = next;
    }

    private String address() {
        return FakeTextMessages.addressOf(sip.user(), sip.domain());
    }

    MessageOutcome send(PartyIdentity target, String text) {
        String id = context.nextId("m");
        MessageRefusal refusal = refusal(text);
        if (refusal != null) {
            return new MessageOutcome.Refused(id, refusal);
        }
        kept.sending(id, address(), FakeTextMessages.addressOf(target.user(), target.domain()), text);
        MessageOutcome outcome = outcomes.apply(id);
        kept.outcome(id, outcome);
        return outcome;
    }

    private @Nullable MessageRefusal refusal(String text) {
        if (isInsecure()) {
            return MessageRefusal.INSECURE_TRANSPORT;
        }
        if (text.isEmpty()) {
            return MessageRefusal.EMPTY;
        }
        return text.getBytes(StandardCharsets.UTF_8).length > TextMessage.LONGEST ? MessageRefusal.TOO_LONG : null;
    }

    private boolean isInsecure() {
        return !sip.transport().isEncrypted() || sip.securityFloor().cleartextSignalling();
    }

    MessageOutcome confirmDisplayed(TextMessage message) {
        String id = context.nextId("m");
        kept.displayed(message);
        if (isInsecure()) {
            return new MessageOutcome.Refused(id, MessageRefusal.INSECURE_TRANSPORT);
        }
        return message.asksForDisplay() && !message.from().withheld()
                ? outcomes.apply(id)
                : new MessageOutcome.Refused(id, MessageRefusal.NOT_ASKED_FOR);
    }

    void received(TextMessage message) {
        kept.received(address(), message);
    }

    void receiptReceived(MessageReceipt receipt) {
        kept.receipt(receipt);
    }
}
