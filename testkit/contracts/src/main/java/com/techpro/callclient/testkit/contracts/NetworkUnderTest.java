// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.Network;
import java.net.InetAddress;
import java.util.function.BooleanSupplier;

/** What the contract kits of {@code net} need to know about the implementation they try. */
public interface NetworkUnderTest {
    /** The network under test, new for each test. */
    Network newNetwork();

    /** The network of the other side, which may be another host's. */
    Network newPeer();

    /** The address of the network under test. */
    InetAddress address();

    /** The address of the other side. */
    InetAddress peerAddress();

    /** Waits until the condition holds, or fails after some ten seconds. */
    void await(BooleanSupplier condition);

    /** Lets packets that are under way arrive, where they take time. */
    default void letArrive() {}

    /** Whether everything runs on one thread. */
    default boolean isVirtual() {
        return false;
    }
}
