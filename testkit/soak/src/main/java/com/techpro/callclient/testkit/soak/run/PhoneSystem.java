// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.testkit.pbx.trace.MessageTrace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose extensions the soak uses. They are known by index; their numbers go nowhere but into the dialling. */
public interface PhoneSystem extends AutoCloseable {
    /** How many extensions there are. */
    int size();

    /** How the user of an extension logs in by e-mail and password, or null where extensions are known by their SIP passwords alone. */
    default @Nullable AppLogin login(int index) {
        return null;
    }

    /** Those of the first users; none where nobody logs in that way. */
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

    /** The account of an extension whose user does not log in that way. */
    SipAccount account(int index);

    /** What to dial for it. */
    String number(int index);

    /** How many extensions the phone system itself says are registered, or -1 if it cannot be asked. */
    default int registered() {
        return -1;
    }

    /** How often the phone system itself failed, such as by an exception, or -1 if it cannot be asked. Complete once it is closed. */
    default int failures() {
        return -1;
    }

    /** What the first of these failures were, and where: no messages, which might say too much. */
    default List<String> failurePlaces() {
        return List.of();
    }

    /** What whom is put on hold hears of the phone system, and is told; a voice of the call must not be heard in any case. */
    enum OnHold {
        /** It is told, and hears nothing. */
        SILENCE,
        /** It is told, and may hear something. */
        ANYTHING,
        /** It is told nothing, and hears music. */
        MUSIC,
        /** It is told nothing, and may hear something. */
        UNTOLD,
        /** Nobody is: the phone system does not let a call be held. */
        NEVER
    }

    /**
     * In a call in G.711.
     *
     * @param caller index of the extension that made the call
     */
    OnHold onHold(int caller);

    /** As {@link #onHold(int)}, whatever is spoken: music is played in G.711 alone. */
    default OnHold onHold(int caller, boolean telephone) {
        OnHold held = onHold(caller);
        return held == OnHold.MUSIC && !telephone ? OnHold.UNTOLD : held;
    }

    /** Whether what it shows and lets through is known, and a run need not find it out. */
    default boolean isKnown() {
        return true;
    }

    /** What its users may ask for a way, or what relays their sound; the phone system's, and as long open. */
    default List<IceServer> iceServers() {
        return List.of();
    }

    /** Whether nothing but this machine lies between it and us. */
    default boolean isLocal() {
        return false;
    }

    /** The number of a conference room that anybody may enter, or null where none is known. */
    default @Nullable String room() {
        return null;
    }

    /** The messages that came and went, or null if none are kept. */
    default @Nullable MessageTrace trace() {
        return null;
    }

    /** How many are in that room, as the phone system itself counts. */
    default int inRoom() {
        return 0;
    }

    @Override
    void close();

    /** What real use needs, or what a lab with that transport can do, with one suite only, if one was asked for. */
    static SecurityFloor floor(SipTransport transport, @Nullable SrtpSuite suite) {
        SecurityFloor floor = only(suite, SecurityFloor.DEFAULT);
        return transport.isEncrypted()
                ? floor
                : floor.labAllowCleartextSignalling().labAllowCleartextMedia();
    }

    /** A security floor with one suite only, if one was asked for. */
    static SecurityFloor only(@Nullable SrtpSuite suite, SecurityFloor floor) {
        return suite == null ? floor : floor.withSuites(List.of(suite));
    }
}
