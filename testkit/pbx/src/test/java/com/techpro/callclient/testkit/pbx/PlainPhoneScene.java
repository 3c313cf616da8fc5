// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/** A PBX over UDP in virtual time, and a phone of its extension 1001 that shares no code with it. */
final class PlainPhoneScene implements AutoCloseable {
    static final String PBX = "10.0.0.1";

    final VirtualTime time;
    final SimulatedNetwork network;
    final EmbeddedPbx pbx;
    final PlainPhone phone;

    PlainPhoneScene() {
        this(VirtualTime.seeded(1));
    }

    PlainPhoneScene(VirtualTime time) {
        this.time = time;
        this.network = new SimulatedNetwork(time, 1);
        try {
            this.pbx = EmbeddedPbx.builder()
                    .address(PBX)
                    .extension("1001", "open sesame")
                    .random(Seeds.random(1))
                    .port(SipTransport.UDP, 5060)
                    .start(network.host(PBX), time);
            this.phone = phone("10.0.0.11");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another of that extension. */
    PlainPhone phone(String address) throws IOException {
        return new PlainPhone("1001", address, network.host(address), new InetSocketAddress(PBX, 5060));
    }

    @Override
    public void close() {
        pbx.close();
        phone.close();
        assertThat(network.openLinks()).isZero();
        assertThat(time.pendingTimers()).isZero();
    }
}
