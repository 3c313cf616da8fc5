// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import com.techpro.callclient.ports.voicemail.VoicemailBox;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user's session with a phone system. If the phone system lacks a capability, its method returns
 * null, not something empty. Methods may be called from any thread; only {@link #logOut} blocks.
 */
public interface Session {
    /** Returns the user's identity as the phone system gives it (promise C2). */
    Profile profile();

    SipAccount sipAccount();

    /** Returns the organisation's restrictions; they can only tighten (promise O1). */
    Policy policy();

    /** Returns every host that the client must contact for this session (promise S5). */
    List<HostPort> hosts();

    @Nullable
    VoicemailAccess voicemail();

    /** Returns the user's mailbox, or null. {@link #logOut} closes it. */
    default @Nullable VoicemailBox voicemailBox() {
        return null;
    }

    /** Returns the phone system's conference rooms, or null. */
    default @Nullable ConferenceDirectory conferences() {
        return null;
    }

    /** Returns the phone system's own call log, or null. */
    @Nullable
    RemoteCallHistory callHistory();

    /** Returns the phone system's own phone book, or null. */
    @Nullable
    RemoteDirectory directory();

    /**
     * Revokes the credentials that the phone system issued for this session, as far as possible.
     * Blocks for at most ten seconds and throws nothing.
     */
    void logOut();
}
