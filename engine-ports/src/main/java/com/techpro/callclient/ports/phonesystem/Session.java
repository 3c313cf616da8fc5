// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import com.techpro.callclient.ports.voicemail.VoicemailBox;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user logged in to a phone system. What a phone system does not have is null: a capability that is absent, not one that is empty.
 * Methods may be called from any thread; only {@link #logOut} blocks.
 */
public interface Session {
    /** Who the user is, as the phone system tells it (promise C2). */
    Profile profile();

    SipAccount sipAccount();

    /** What the organisation lets the client do; it can only tighten (promise O1). */
    Policy policy();

    /** Every host the client needs to talk to for this session (promise S5). */
    List<HostPort> hosts();

    @Nullable
    VoicemailAccess voicemail();

    /** The mailbox with the user's messages, closed by {@link #logOut}; or null. */
    default @Nullable VoicemailBox voicemailBox() {
        return null;
    }

    /** The phone system's conference rooms, or null. */
    default @Nullable ConferenceDirectory conferences() {
        return null;
    }

    /** The phone system's own call log, or null. */
    @Nullable
    RemoteCallHistory callHistory();

    /** The phone system's own phone book, or null. */
    @Nullable
    RemoteDirectory directory();

    /** Revokes what the phone system gave for this session, as far as it can; blocks at most ten seconds, throws nothing. */
    void logOut();
}
