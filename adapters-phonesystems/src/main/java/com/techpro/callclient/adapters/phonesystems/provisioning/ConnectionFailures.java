// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.ports.net.DestinationRefusedException;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.stack.sip.transport.WebTls;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Turns a failed exchange into a login's refusal. */
final class ConnectionFailures {
    private ConnectionFailures() {}

    static LoginRefusedException refusal(IOException e) {
        if (e instanceof LoginRefusedException refused) {
            return refused;
        }
        return new LoginRefusedException(reason(e), null, e);
    }

    private static Reason reason(IOException e) {
        if (e instanceof SSLException) {
            // Without any handshake the other side does not speak TLS. A failed one is TLS that we
            // do not accept.
            boolean refused = e instanceof SSLHandshakeException
                    || e instanceof SSLPeerUnverifiedException
                    || WebTls.problemBehind(e) != TlsProblem.PROTOCOL;
            return refused ? Reason.SERVER_UNTRUSTED : Reason.NOT_A_PHONE_SYSTEM;
        }
        if (e instanceof DestinationRefusedException || e.getCause() instanceof DestinationRefusedException) {
            return Reason.POLICY;
        }
        if (e instanceof ResolverDns.LookupFailedException) {
            return Reason.SERVER_UNREACHABLE;
        }
        if (e instanceof UnknownHostException) {
            return Reason.SERVER_NOT_FOUND;
        }
        return e instanceof ProtocolException ? Reason.NOT_A_PHONE_SYSTEM : Reason.SERVER_UNREACHABLE;
    }
}
