// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems;

import com.techpro.callclient.adapters.phonesystems.provisioning.AcrobitsPhoneSystem;
import com.techpro.callclient.adapters.phonesystems.provisioning.LpConfigPhoneSystem;
import com.techpro.callclient.adapters.phonesystems.provisioning.MailboxPhoneSystem;
import com.techpro.callclient.adapters.phonesystems.wazo.WazoPhoneSystem;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Objects;

/** Factories for the kinds of phone systems that users log in to over HTTPS, and for voicemail over IMAP. */
public final class PhoneSystems {
    private PhoneSystems() {}

    /**
     * A phone system with Linphone's remote provisioning. The engine fetches the user's XML
     * configuration over HTTPS with Digest or Basic authentication. docs/phone-systems.md lists the
     * entries that it reads.
     *
     * @param path the document's path on its server, such as {@code /provisioning}; it must not
     *     contain credentials
     */
    public static PhoneSystem lpconfig(String path) {
        Objects.requireNonNull(path, "path");
        return new LpConfigPhoneSystem(absolute(path), new SecureRandom());
    }

    /**
     * A phone system with Acrobits' external provisioning. The engine fetches the account's XML by
     * an HTTPS POST, with e-mail address and password in its body. docs/phone-systems.md lists the
     * elements that it reads.
     *
     * @param path the service's path on its server, such as {@code /provisioning}; it must not
     *     contain credentials
     */
    public static PhoneSystem acrobits(String path) {
        Objects.requireNonNull(path, "path");
        return new AcrobitsPhoneSystem(absolute(path));
    }

    /**
     * A Wazo (wazo-platform.org). The adapter follows the published description and was never run
     * against a live Wazo: see docs/phone-systems.md.
     *
     * @param installation identifies this installation of the app and survives restarts, so that a
     *     login replaces the previous login's refresh token. Use a random value that says nothing
     *     about user or device: at most 64 letters, digits and hyphens
     */
    public static PhoneSystem wazo(String installation) {
        Objects.requireNonNull(installation, "installation");
        if (!installation.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("an installation is named by 1 to 64 letters, digits and hyphens");
        }
        return new WazoPhoneSystem(installation, new SecureRandom());
    }

    /** As {@link #wazo(String)}, with a random name that lasts until the app ends. */
    public static PhoneSystem wazo() {
        return wazo("callclient-" + new BigInteger(128, new SecureRandom()).toString(36));
    }

    /**
     * A phone system with an IMAP mailbox for voicemail that the phone system itself does not name.
     * The engine opens the mailbox inside TLS with the login's e-mail address and password.
     * Everything else is as in {@code system}.
     *
     * @param port 993, unless the mailbox's server uses another
     */
    public static PhoneSystem withVoicemail(PhoneSystem system, String host, int port) {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(host, "host");
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
