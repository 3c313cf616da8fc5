// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.internal.client.PhoneSystemKinds;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;

/** Factories for the kinds of phone systems that the engine can log in to. */
public final class PhoneSystems {
    private PhoneSystems() {}

    /**
     * A plain SIP registrar: extension, host and password are the whole login. The registration that follows shows
     * whether the phone system accepts them.
     */
    public static PhoneSystem sipOnly() {
        return PhoneSystemKinds.sipOnly();
    }

    /**
     * A phone system with Linphone's remote provisioning. The user's configuration in XML is fetched over HTTPS with
     * Digest or Basic authentication. docs/phone-systems.md lists the entries that are read.
     *
     * @param path where the document is on its server, such as {@code /provisioning}; never a place for credentials
     */
    public static PhoneSystem lpconfig(String path) {
        return PhoneSystemKinds.lpconfig(path);
    }

    /**
     * A phone system with Acrobits' external provisioning. The account in XML is fetched by a POST over HTTPS with the
     * e-mail address and password in its body. docs/phone-systems.md lists the elements that are read.
     *
     * @param path where the service is on its server, such as {@code /provisioning}; never a place for credentials
     */
    public static PhoneSystem acrobits(String path) {
        return PhoneSystemKinds.acrobits(path);
    }

    /**
     * A Wazo (wazo-platform.org). It was written from the published description and never run against a live Wazo: see
     * docs/phone-systems.md.
     *
     * @param installation identifies this installation of the app, and stays the same when the app restarts: then a
     *     login replaces the refresh token of the one before. It says nothing about the user or the device: a random
     *     number will do. Letters, digits and hyphens, at most 64
     */
    public static PhoneSystem wazo(String installation) {
        return PhoneSystemKinds.wazo(installation);
    }

    /**
     * As {@link #wazo(String)}, for an app that does not identify its installations: a random name until the app ends.
     */
    public static PhoneSystem wazo() {
        return PhoneSystemKinds.wazo();
    }

    /**
     * A phone system with an IMAP mailbox for voicemail that the host app knows of and the phone system does not name.
     * The mailbox is reached inside TLS with the e-mail address and password of the login. Otherwise it behaves like
     * {@code system}.
     *
     * @param port 993, unless the mailbox's server uses another
     */
    public static PhoneSystem withVoicemail(PhoneSystem system, String host, int port) {
        return PhoneSystemKinds.withVoicemail(system, host, port);
    }
}
