// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.PhoneSystems;
import com.techpro.callclient.engine.internal.account.login.AcrobitsPhoneSystem;
import com.techpro.callclient.engine.internal.account.login.LpConfigPhoneSystem;
import com.techpro.callclient.engine.internal.account.login.MailboxPhoneSystem;
import com.techpro.callclient.engine.internal.account.login.SipOnlyPhoneSystem;
import com.techpro.callclient.engine.internal.account.login.wazo.WazoPhoneSystem;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Objects;

/** Creates the phone systems that {@link PhoneSystems} offers, after checking their parameters. */
public final class PhoneSystemKinds {
    private PhoneSystemKinds() {}

    public static PhoneSystem sipOnly() {
        return new SipOnlyPhoneSystem();
    }

    public static PhoneSystem lpconfig(String path) {
        Objects.requireNonNull(path, "path");
        return new LpConfigPhoneSystem(absolute(path), new SecureRandom());
    }

    public static PhoneSystem acrobits(String path) {
        Objects.requireNonNull(path, "path");
        return new AcrobitsPhoneSystem(absolute(path));
    }

    public static PhoneSystem wazo(String installation) {
        Objects.requireNonNull(installation, "installation");
        if (!installation.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("an installation is named by 1 to 64 letters, digits and hyphens");
        }
        return new WazoPhoneSystem(installation, new SecureRandom());
    }

    public static PhoneSystem wazo() {
        return wazo("callclient-" + new BigInteger(128, new SecureRandom()).toString(36));
    }

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
