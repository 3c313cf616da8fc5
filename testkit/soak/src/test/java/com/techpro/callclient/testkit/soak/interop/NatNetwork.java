// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Two homes and the internet between them, each a network namespace of Linux. Nothing leads from one home to the other but what their routers translate.
 *
 * <pre>
 *   first 192.168.11.2 ─┐                                                      ┌─ other 192.168.12.2
 *                       ├─ router 203.0.113.11 ── internet ── router 203.0.113.12
 *   beside 192.168.11.3 ┘          phone system 203.0.113.1, relay 203.0.113.2
 * </pre>
 */
final class NatNetwork implements AutoCloseable {
    static final String SYSTEM_ADDRESS = "203.0.113.1";
    static final String RELAY_ADDRESS = "203.0.113.2";
    static final String BRIDGE = "public";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    final NetworkNamespace internet;
    final NatRouter firstRouter;
    final NatRouter otherRouter;
    final NetworkNamespace first;
    final NetworkNamespace beside;
    final NetworkNamespace other;

    NatNetwork(Path directory) {
        try {
            internet = opened(new NetworkNamespace("internet"));
            internet.addBridge(BRIDGE, SYSTEM_ADDRESS + "/24", RELAY_ADDRESS + "/24");
            internet.swallowTheRest("203.0.113.254", BRIDGE);
            firstRouter = opened(new NatRouter(internet, "router-1", "203.0.113.11", "192.168.11", directory));
            otherRouter = opened(new NatRouter(internet, "router-2", "203.0.113.12", "192.168.12", directory));
            first = opened(firstRouter.home("first"));
            beside = opened(firstRouter.home("beside"));
            other = opened(otherRouter.home("other"));
            route(NatRouter.Mapping.PORT_PRESERVING);
        } catch (AssertionError | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Both routers translate like that; what they counted and blocked is forgotten. */
    void route(NatRouter.Mapping mapping) {
        firstRouter.route(mapping, otherRouter);
        otherRouter.route(mapping, firstRouter);
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception | AssertionError e) {
                System.out.println("a network namespace stays: " + e.getMessage());
            }
        }
    }
}
