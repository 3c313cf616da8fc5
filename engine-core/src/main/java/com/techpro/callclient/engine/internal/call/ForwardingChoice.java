// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.engine.internal.call.machine.Forwarding;
import com.techpro.callclient.engine.internal.call.machine.Forwarding.Reason;
import com.techpro.callclient.engine.internal.call.party.DialTarget;
import com.techpro.callclient.engine.internal.call.party.Diversions;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Applies the user's forwarding rules to one caller. Belongs to the loop. */
public final class ForwardingChoice {
    private final CallContext context;
    private final SipAccount account;
    /** Whether the call was forwarded by this account before; it is then not forwarded again. */
    private final boolean circling;

    public ForwardingChoice(CallContext context, SipAccount account, SipRequest invite) {
        this.context = context;
        this.account = account;
        this.circling = Diversions.isCircling(invite, account.user());
    }

    /**
     * Returns the forwarding before it rings, or null. Pure.
     *
     * @param busy whether the user has another call
     */
    public static @Nullable Forwarding atOnce(
            ForwardingRules rules, SipAccount account, SipRequest invite, boolean busy, boolean undisturbed) {
        boolean circling = Diversions.isCircling(invite, account.user());
        Forwarding always = to(rules.always(), Reason.ALWAYS, account, circling);
        if (always != null) {
            return always;
        }
        return undisturbed || busy
                ? to(rules.busy(), undisturbed ? Reason.DO_NOT_DISTURB : Reason.BUSY, account, circling)
                : null;
    }

    /** Returns the forwarding when the user rejects as busy, or null. */
    @Nullable
    Forwarding whenRejected() {
        return to(context.forwarding().rules().busy(), Reason.BUSY);
    }

    /** Returns the forwarding when nobody answered in time, or null. */
    @Nullable
    Forwarding unanswered() {
        return to(context.forwarding().rules().unanswered(), Reason.UNANSWERED);
    }

    /** Returns how long the call may ring here. */
    Duration answerTime() {
        Duration limit = context.limits().ringTimeout();
        Duration forwarded = context.forwarding().rules().answerTime();
        return unanswered() != null && forwarded.compareTo(limit) < 0 ? forwarded : limit;
    }

    /** Returns a forwarding by the user; null if the organisation forbids it. */
    @Nullable
    Forwarding deflection(SipUri target) {
        return context.forwarding().isPermitted() ? new Forwarding(target, address(account), Reason.DEFLECTION) : null;
    }

    private @Nullable Forwarding to(@Nullable String number, Reason reason) {
        return to(number, reason, account, circling);
    }

    private static @Nullable Forwarding to(
            @Nullable String number, Reason reason, SipAccount account, boolean circling) {
        if (number == null || circling) {
            return null;
        }
        SipUri target = DialTarget.parse(number, account.domain());
        return account.user().equals(target.user()) ? null : new Forwarding(target, address(account), reason);
    }

    private static SipUri address(SipAccount account) {
        return SipUri.of("sip", account.user(), account.domain(), 0);
    }
}
