// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.internal.account.AcrobitsPhoneSystem;
import com.techpro.callclient.engine.internal.account.LpConfigPhoneSystem;
import com.techpro.callclient.engine.internal.account.MailboxPhoneSystem;
import com.techpro.callclient.engine.internal.account.SipOnlyPhoneSystem;
import com.techpro.callclient.engine.internal.account.wazo.WazoPhoneSystem;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import java.math.BigInteger;
import java.security.SecureRandom;

/** The kinds of phone systems that this engine knows how to log in to. */
public final class PhoneSystems {
    private PhoneSystems() {}

    /**
     * SIP and nothing else: extension, host and password are the whole login; the registration that follows tells whether the phone system
     * accepts them.
     */
    public static PhoneSystem sipOnly() {
        return new SipOnlyPhoneSystem();
    }

    /**
     * Linphone's remote provisioning: a configuration in XML for this user, fetched over HTTPS with Digest or Basic authentication. See
     * docs/phone-systems.md for what is read of it.
     *
     * @param path where the document is on its server, such as {@code /provisioning}; never a place for credentials
     */
    public static PhoneSystem lpconfig(String path) {
        return new LpConfigPhoneSystem(absolute(path), new SecureRandom());
    }

    /**
     * Acrobits' external provisioning: an account in XML, for the e-mail address and password in the body of a POST over HTTPS. See
     * docs/phone-systems.md for what is read of it.
     *
     * @param path where the service is on its server, such as {@code /provisioning}; never a place for credentials
     */
    public static PhoneSystem acrobits(String path) {
        return new AcrobitsPhoneSystem(absolute(path));
    }

    /**
     * A Wazo (wazo-platform.org). Written from its published description, and never run against a live one: see docs/phone-systems.md.
     *
     * @param installation names this installation of the app, and stays the same when it is started anew: then a login replaces the refresh
     *     token of the one before, and none is left behind. It says nothing about the user or the device: a random number will do. Letters,
     *     digits and hyphens, at most 64
     */
    public static PhoneSystem wazo(String installation) {
        if (!installation.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("an installation is named by 1 to 64 letters, digits and hyphens");
        }
        return new WazoPhoneSystem(installation, new SecureRandom());
    }

    /** As {@link #wazo(String)}, for an app that does not tell its installations apart: a name at random until the app ends. */
    public static PhoneSystem wazo() {
        return wazo("callclient-" + new BigInteger(128, new SecureRandom()).toString(36));
    }

    /**
     * A phone system whose voicemail is in an IMAP mailbox that the host app knows of, because the phone system does not tell: inside TLS, with
     * the e-mail address and password of the login. For the rest it is as the other.
     *
     * @param port 993, unless the mailbox's server is elsewhere
     */
    public static PhoneSystem withVoicemail(PhoneSystem system, String host, int port) {
        if (port < 1) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
        return new MailboxPhoneSystem(system, new HostPort(host, port));
    }

    private static String absolute(String path) {
        if (!path.matches("/[!-~]{0,1023}")) {
            throw new IllegalArgumentException("a path begins with a slash and is printable ASCII");
        }
        return path;
    }
}
