// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.Network;
import java.net.InetAddress;
import java.util.function.BooleanSupplier;

/** Describes the implementation under test to the contract kits of {@code net}. */
public interface NetworkUnderTest {
    /** Returns the network under test, a new one for each test. */
    Network newNetwork();

    /** Returns the network of the other side, which may be another host's. */
    Network newPeer();

    /** Returns the address of the network under test. */
    InetAddress address();

    /** Returns the address of the other side. */
    InetAddress peerAddress();

    /** Waits until the condition holds, or fails after about ten seconds. */
    void await(BooleanSupplier condition);

    /** Lets packets in transit arrive, if they take time. */
    default void letArrive() {}

    /** Whether everything runs on one thread. */
    default boolean isVirtual() {
        return false;
    }
}
