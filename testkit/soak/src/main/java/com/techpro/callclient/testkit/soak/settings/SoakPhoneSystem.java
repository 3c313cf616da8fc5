// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.settings;

import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.testkit.pbx.trace.MessageTrace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The phone system with the soak's extensions. They are identified by index; their numbers are only
 * used for dialling.
 */
public interface SoakPhoneSystem extends AutoCloseable {
    /** Returns the number of extensions. */
    int size();

    /**
     * Returns the login of an extension's user by e-mail and password, or null if extensions have
     * SIP passwords only.
     */
    default @Nullable AppLogin login(int index) {
        return null;
    }

    /** Returns the logins of the first users; none if nobody logs in that way. */
    default List<AppLogin> logins(int users) {
        List<AppLogin> logins = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            AppLogin login = login(i);
            if (login != null) {
                logins.add(login);
            }
        }
        return logins;
    }

    /** Returns the account of an extension whose user does not log in that way. */
    SipAccount account(int index);

    /** Returns the number to dial. */
    String number(int index);

    /** Returns the number of its echo, if it is on this machine; null otherwise. */
    default @Nullable String echo() {
        return null;
    }

    /** Returns how it parks calls; null if it does not, or cannot be asked where they are. */
    default @Nullable Parking parking() {
        return null;
    }

    /**
     * Returns how many extensions are registered according to the phone system, or -1 if it cannot
     * be asked.
     */
    default int registered() {
        return -1;
    }

    /**
     * Returns how often the phone system itself failed, such as by an exception, or -1 if it cannot
     * be asked. Complete once it is closed.
     */
    default int failures() {
        return -1;
    }

    /**
     * Returns the types and places of the first failures, without messages, which might contain
     * personal data.
     */
    default List<String> failurePlaces() {
        return List.of();
    }

    /**
     * How the phone system treats a held side: whether it is notified, and what it hears. It must
     * never hear the call's voices.
     */
    enum OnHold {
        /** It is notified, and hears nothing. */
        SILENCE,
        /** It is notified, and may hear something. */
        ANYTHING,
        /** It is not notified, and hears music. */
        MUSIC,
        /** It is not notified, and may hear something. */
        UNTOLD,
        /** The phone system does not allow a hold. */
        NEVER
    }

    /**
     * For a call in G.711.
     *
     * @param caller index of the extension that made the call
     */
    OnHold onHold(int caller);

    /** As {@link #onHold(int)} for any codec: music is played in G.711 only. */
    default OnHold onHold(int caller, boolean telephone) {
        OnHold held = onHold(caller);
        return held == OnHold.MUSIC && !telephone ? OnHold.UNTOLD : held;
    }

    /** Whether its capabilities are known, so that a run need not probe them. */
    default boolean isKnown() {
        return true;
    }

    /** Returns its users' STUN and TURN servers, which are open as long as the phone system. */
    default List<IceServer> iceServers() {
        return List.of();
    }

    /** Whether only this machine lies between it and the soak. */
    default boolean isLocal() {
        return false;
    }

    /** Returns the number of a conference room open to everybody, or null if none is known. */
    default @Nullable String room() {
        return null;
    }

    /** Returns the trace of messages, or null if none are kept. */
    default @Nullable MessageTrace trace() {
        return null;
    }

    /** Returns the phone system's own count of participants in that room. */
    default int inRoom() {
        return 0;
    }

    @Override
    void close();

    /**
     * Returns the security floor of real use, or of a lab with that transport, limited to one suite
     * if one was requested.
     */
    static SecurityFloor floor(SipTransport transport, @Nullable SrtpSuite suite) {
        SecurityFloor floor = only(suite, SecurityFloor.DEFAULT);
        return transport.isEncrypted()
                ? floor
                : floor.labAllowCleartextSignalling().labAllowCleartextMedia();
    }

    /** Returns a security floor limited to one suite, if one was requested. */
    static SecurityFloor only(@Nullable SrtpSuite suite, SecurityFloor floor) {
        return suite == null ? floor : floor.withSuites(List.of(suite));
    }
}
