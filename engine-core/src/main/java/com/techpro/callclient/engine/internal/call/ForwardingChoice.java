// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.internal.call.Forwarding.Reason;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whom one caller is sent on to by what the user has set, if to anybody. Belongs to the loop. */
final class ForwardingChoice {
    private final CallContext context;
    private final SipAccount account;
    /** A caller who came by here before is not sent round in a circle. */
    private final boolean circling;

    ForwardingChoice(CallContext context, SipAccount account, SipRequest invite) {
        this.context = context;
        this.account = account;
        this.circling = Diversions.isCircling(invite, account.user());
    }

    /** Before it rings. */
    @Nullable
    Forwarding atOnce(boolean talking) {
        ForwardingRules rules = context.forwarding().rules();
        Forwarding always = to(rules.always(), Reason.ALWAYS);
        if (always != null) {
            return always;
        }
        boolean undisturbed = context.doNotDisturb().getAsBoolean();
        return undisturbed || talking ? to(rules.busy(), undisturbed ? Reason.DO_NOT_DISTURB : Reason.BUSY) : null;
    }

    /** The user turns the caller away as busy. */
    @Nullable
    Forwarding turnedAway() {
        return to(context.forwarding().rules().busy(), Reason.BUSY);
    }

    /** Nobody took the call in time. */
    @Nullable
    Forwarding unanswered() {
        return to(context.forwarding().rules().unanswered(), Reason.UNANSWERED);
    }

    /** How long it may ring here. */
    Duration answerTime() {
        Duration limit = context.limits().ringTimeout();
        Duration forwarded = context.forwarding().rules().answerTime();
        return unanswered() != null && forwarded.compareTo(limit) < 0 ? forwarded : limit;
    }

    /** By the user. */
    static Forwarding deflection(SipAccount account, SipUri target) {
        return new Forwarding(target, addressOf(account), Reason.DEFLECTION);
    }

    private @Nullable Forwarding to(@Nullable String number, Reason reason) {
        if (number == null || circling) {
            return null;
        }
        SipUri target = DialTarget.parse(number, account.domain());
        return account.user().equals(target.user()) ? null : new Forwarding(target, addressOf(account), reason);
    }

    private static SipUri addressOf(SipAccount account) {
        return SipUri.of("sip", account.user(), account.domain(), 0);
    }
}
