// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.call.party.DialTarget;
import com.techpro.callclient.engine.internal.call.party.RemoteParty;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.sip.message.NameAddr;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The settings of a fake account, and how it reads numbers. */
record FakeAccountSettings(String id, SipAccount sip) {
    /** @throws IllegalArgumentException if it cannot be dialled without digits to send afterwards */
    void requireAddress(String target) {
        DialTarget.parse(target, sip.domain());
    }

    /** Whether it can be watched. A favourite may have any text as its number. */
    boolean isAddress(String target) {
        try {
            requireAddress(target);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns the party that is dialled by this text, as the engine reads it. */
    PartyIdentity party(String target) {
        return RemoteParty.of(NameAddr.of(DialTarget.dialled(Objects.requireNonNull(target, "target"), sip.domain())
                .uri()));
    }

    /** Whether a number is a target of forwarding: not null, and not this account itself. */
    boolean forwards(@Nullable String number) {
        return number != null && !party(number).user().equals(sip.user());
    }
}
