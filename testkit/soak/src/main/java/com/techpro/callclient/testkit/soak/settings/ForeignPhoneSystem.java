// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.settings;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.testkit.soak.settings.Credentials.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A PBX on the network, and the extensions available to the soak there. */
public final class ForeignPhoneSystem implements SoakPhoneSystem {
    private final HostPort host;
    private final List<User> users;
    private final SipTransport transport;
    private final @Nullable SrtpSuite suite;
    private final TlsTrust trust;

    public ForeignPhoneSystem(
            HostPort host, List<User> users, SipTransport transport, @Nullable SrtpSuite suite, TlsTrust trust) {
        this.host = host;
        this.users = List.copyOf(users);
        this.transport = transport;
        this.suite = suite;
        this.trust = trust;
    }

    @Override
    public int size() {
        return users.size();
    }

    @Override
    public SipAccount account(int index) {
        User user = users.get(index);
        return SipAccount.builder(user.extension(), host.host(), user.password())
                .authUser(user.authUser())
                .transport(transport)
                .outboundProxy(host.port() == 0 ? null : host)
                .tlsTrust(trust)
                .securityFloor(SoakPhoneSystem.floor(transport, suite))
                .build();
    }

    @Override
    public String number(int index) {
        return users.get(index).extension();
    }

    @Override
    public OnHold onHold(int caller) {
        return OnHold.ANYTHING;
    }

    @Override
    public boolean isKnown() {
        return false;
    }

    @Override
    public void close() {
        users.forEach(user -> user.password().wipe());
    }
}
