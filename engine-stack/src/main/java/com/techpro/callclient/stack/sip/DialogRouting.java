// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.sip.locate.Locator;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import com.techpro.callclient.stack.sip.transport.Hop;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Routes requests within dialogs. The next hop is in the route set or in the Contact (RFC 3261
 * §12.2.1.1).
 *
 * <p>The account's own flow is used if the next hop is the phone system itself, which is the usual
 * case. It is also used if a direct connection would be unsafe: an encrypted account does not
 * follow a route to an unencrypted or unverifiable place (a Contact with an IP address instead of a
 * name). And it is used if nothing else is possible: an account on a WebSocket knows one server
 * (RFC 7118 §5), and nobody can connect to a WebSocket client.
 */
final class DialogRouting {
    /** RFC 2606 §2, RFC 7118 §B.1. */
    private static final String UNREACHABLE = ".invalid";

    private final SipAccount account;
    private final Supplier<OutboundFlow> flows;
    private final Locator locator;

    /**
     * @param flows supplies the account's flow; there may be two
     */
    DialogRouting(SipAccount account, Supplier<OutboundFlow> flows, Locator locator) {
        this.account = account;
        this.flows = flows;
        this.locator = locator;
    }

    void obtain(SipUri nextHop, FlowCallback callback) {
        OutboundFlow home = flows.get();
        Flow open = home.current();
        if (mustStayHome(nextHop) || namesHome(nextHop) || (open != null && isAddressOf(open, nextHop))) {
            home.obtain(callback);
            return;
        }
        locator.locate(nextHop, allowed(), location -> {
            if (location instanceof Locator.Location.Located found) {
                connect(found, callback);
            } else if (location instanceof Locator.Location.NotLocated nowhere) {
                fallBack(nowhere.failure(), callback);
            }
        });
    }

    private boolean mustStayHome(SipUri uri) {
        if (!uri.isSip()) {
            return true;
        }
        if (account.transport().isWebSocket() || uri.host().endsWith(UNREACHABLE)) {
            return true;
        }
        String wanted = uri.param("transport");
        return !account.securityFloor().cleartextSignalling()
                && (isLiteralAddress(uri.host()) || (wanted != null && !wanted.equalsIgnoreCase("tls")));
    }

    private boolean namesHome(SipUri uri) {
        HostPort proxy = account.outboundProxy();
        boolean named =
                proxy == null ? uri.host().equals(account.domain()) : uri.host().equals(proxy.host());
        int port = proxy == null ? account.domainPort() : proxy.port();
        return named && hasOurTransport(uri) && (uri.port() == 0 || uri.port() == port);
    }

    /** A missing transport parameter does not mean UDP here: many phone systems omit it. */
    private boolean isAddressOf(Flow flow, SipUri uri) {
        int port = uri.port() == 0 ? flow.transport().defaultPort() : uri.port();
        return isLiteralAddress(uri.host())
                && hasOurTransport(uri)
                && port == flow.remote().getPort()
                && locator.names(uri, flow.remote());
    }

    private boolean hasOurTransport(SipUri uri) {
        String wanted = uri.param("transport");
        return wanted == null
                ? !uri.isSecure() || account.transport().isEncrypted()
                : wanted.equalsIgnoreCase(account.transport().uriParameter());
    }

    private static boolean isLiteralAddress(String host) {
        if (host.indexOf(':') >= 0) {
            return true;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private List<SipTransport> allowed() {
        if (!account.securityFloor().cleartextSignalling()) {
            return List.of(SipTransport.TLS);
        }
        return switch (account.transport()) {
            case UDP -> List.of(SipTransport.UDP, SipTransport.TCP, SipTransport.TLS);
            case TCP -> List.of(SipTransport.TCP, SipTransport.UDP, SipTransport.TLS);
            case TLS -> List.of(SipTransport.TLS, SipTransport.TCP, SipTransport.UDP);
            case WS, WSS -> List.of(account.transport());
        };
    }

    private void connect(Locator.Location.Located found, FlowCallback callback) {
        OutboundFlow home = flows.get();
        Flow open = home.current();
        for (Hop hop : found.hops()) {
            if (open != null
                    && open.transport() == hop.transport()
                    && open.remote().equals(hop.address())) {
                callback.opened(open);
                return;
            }
        }
        home.obtainElsewhere(found, new FlowCallback() {
            @Override
            public void opened(Flow flow) {
                callback.opened(flow);
            }

            @Override
            public void failed(Failure failure) {
                fallBack(failure, callback);
            }
        });
    }

    /**
     * Uses the account's flow: the phone system may know a route that this client does not find.
     */
    private void fallBack(Failure failure, FlowCallback callback) {
        @Nullable Flow open = flows.get().current();
        if (open != null) {
            callback.opened(open);
        } else {
            callback.failed(failure);
        }
    }
}
