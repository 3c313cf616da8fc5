// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.internal.client.PhoneSystemKinds;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;

/** The kinds of phone systems that this engine knows how to log in to. */
public final class PhoneSystems {
    private PhoneSystems() {}

    /**
     * SIP and nothing else: extension, host and password are the whole login; the registration that follows tells whether the phone system
     * accepts them.
     */
    public static PhoneSystem sipOnly() {
        return PhoneSystemKinds.sipOnly();
    }

    /**
     * Linphone's remote provisioning: a configuration in XML for this user, fetched over HTTPS with Digest or Basic authentication. See
     * docs/phone-systems.md for what is read of it.
     *
     * @param path where the document is on its server, such as {@code /provisioning}; never a place for credentials
     */
    public static PhoneSystem lpconfig(String path) {
        return PhoneSystemKinds.lpconfig(path);
    }

    /**
     * Acrobits' external provisioning: an account in XML, for the e-mail address and password in the body of a POST over HTTPS. See
     * docs/phone-systems.md for what is read of it.
     *
     * @param path where the service is on its server, such as {@code /provisioning}; never a place for credentials
     */
    public static PhoneSystem acrobits(String path) {
        return PhoneSystemKinds.acrobits(path);
    }

    /**
     * A Wazo (wazo-platform.org). Written from its published description, and never run against a live one: see docs/phone-systems.md.
     *
     * @param installation names this installation of the app, and stays the same when it is started anew: then a login replaces the refresh
     *     token of the one before, and none is left behind. It says nothing about the user or the device: a random number will do. Letters,
     *     digits and hyphens, at most 64
     */
    public static PhoneSystem wazo(String installation) {
        return PhoneSystemKinds.wazo(installation);
    }

    /** As {@link #wazo(String)}, for an app that does not tell its installations apart: a name at random until the app ends. */
    public static PhoneSystem wazo() {
        return PhoneSystemKinds.wazo();
    }

    /**
     * A phone system whose voicemail is in an IMAP mailbox that the host app knows of, because the phone system does not tell: inside TLS, with
     * the e-mail address and password of the login. For the rest it is as the other.
     *
     * @param port 993, unless the mailbox's server is elsewhere
     */
    public static PhoneSystem withVoicemail(PhoneSystem system, String host, int port) {
        return PhoneSystemKinds.withVoicemail(system, host, port);
    }
}
