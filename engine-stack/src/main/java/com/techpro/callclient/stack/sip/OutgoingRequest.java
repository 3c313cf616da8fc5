// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.sip.auth.DigestAuthenticator;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ClientListener;
import com.techpro.callclient.stack.sip.transaction.ClientTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request from its first attempt to its outcome. It obtains a flow, answers challenges (RFC
 * 3261 §22.2), and tries the next server if one does not answer (RFC 3263 §4.3). Each attempt is a
 * transaction of its own.
 */
abstract class OutgoingRequest {
    /** Room for the Via, which the transport adds. */
    private static final int VIA_LENGTH = 120;

    private final AccountIdentity identity;
    private final SipContext context;
    private final RequestPath path;
    private final SipRequest.Builder request;
    private final DigestAuthenticator.Exchange digest;
    private @Nullable Attempt current;
    private boolean routed;
    private boolean answeredAtAll;
    /** Whether it was sent again because a new connection stayed silent; once is enough. */
    private boolean askedAgain;
    /** The flows on which servers did not answer, or answered 503. */
    private List<Flow> failed = List.of();

    private boolean concluded;

    OutgoingRequest(AccountIdentity identity, RequestPath path, SipRequest.Builder request) {
        this.identity = identity;
        this.context = identity.context();
        this.path = path;
        this.request = request;
        this.digest = identity.authenticator().newExchange();
    }

    abstract void provisional(SipResponse response);

    /** A 2xx. An INVITE may get several, even after the request is concluded. */
    abstract void succeeded(SipResponse response);

    abstract void rejected(SipResponse response, Failure why);

    abstract void failed(Failure why);

    /** The newest transaction terminated, after its outcome was reported. */
    void terminated() {}

    final void start() {
        context.requestStarted();
        path.obtain(new Sending());
    }

    /**
     * Sends the request on a flow that was obtained for it, because its body depends on the flow;
     * on another if this is no longer the account's.
     */
    final void startOn(Flow obtained) {
        context.requestStarted();
        if (obtained == path.home().current()) {
            sendOn(obtained);
        } else {
            path.obtain(new Sending());
        }
    }

    /**
     * Sends the request to one of the account's best servers or, if none can be reached, over the
     * current flow.
     */
    final void startAtPreferred() {
        context.requestStarted();
        path.home().obtainPreferred(new Sending() {
            @Override
            public void failed(Failure failure) {
                path.obtain(new Sending());
            }
        });
    }

    final @Nullable ClientTransactionHandle transaction() {
        return current == null ? null : current.handle;
    }

    final @Nullable Dialog dialog() {
        return path.dialog();
    }

    final SipContext context() {
        return context;
    }

    final boolean isConcluded() {
        return concluded;
    }

    /** The outcome is known; sends nothing more. */
    final void conclude() {
        if (!concluded) {
            concluded = true;
            context.requestEnded();
        }
    }

    final void concludeFailed(Failure why) {
        if (!concluded) {
            conclude();
            failed(why);
        }
    }

    /** Sends the request on the flow that it receives. */
    private class Sending implements FlowCallback {
        @Override
        public void opened(Flow flow) {
            if (!concluded) {
                sendOn(flow);
            }
        }

        @Override
        public void failed(Failure failure) {
            concludeFailed(failure);
        }
    }

    private void sendOn(Flow flow) {
        path.complete(request, flow, !routed);
        routed = true;
        authorize();
        if (flow.transport() == SipTransport.UDP
                && flow == path.home().current()
                && TransportLayer.exceedsDatagramLimit(request.build().encode().length + VIA_LENGTH)) {
            path.home().large().obtain(flow, new FlowCallback() {
                @Override
                public void opened(Flow larger) {
                    transmit(larger);
                }

                @Override
                public void failed(Failure failure) {
                    concludeFailed(failure);
                }
            });
        } else {
            transmit(flow);
        }
    }

    private void authorize() {
        request.remove("Authorization").remove("Proxy-Authorization");
        String uri = request.requestUri().encode();
        digest.credentials(request.method(), uri, () -> request.build().body())
                .forEach(credentials -> request.add(credentials.headerName(), credentials.value()));
    }

    private void transmit(Flow flow) {
        // While a connection was made, nobody could cancel what is not sent yet.
        if (!concluded && mayTryAgain()) {
            Attempt attempt = new Attempt();
            current = attempt;
            attempt.handle = context.transactions().send(request, flow, attempt);
            Duration within = path.firstAnswerWithin();
            if (!askedAgain && !within.isZero()) {
                context.transport().awaitFirstAnswer(flow, within);
            }
        }
    }

    /** Sends the request on a flow to another server. */
    private final class SendingElsewhere extends Sending {
        private final Runnable outcome;

        SendingElsewhere(Runnable outcome) {
            this.outcome = outcome;
        }

        /** Report the first server's outcome; that no other server was reachable says less. */
        @Override
        public void failed(Failure failure) {
            outcome.run();
        }
    }

    /** One transaction. Results of earlier attempts are ignored. */
    private final class Attempt implements ClientListener {
        private @Nullable ClientTransactionHandle handle;

        @Override
        public void response(SipResponse response) {
            ClientTransactionHandle sent = handle;
            if (current == this && sent != null) {
                received(response, sent);
            }
        }

        @Override
        public void failed(Failure failure) {
            ClientTransactionHandle sent = handle;
            Runnable outcome = () -> concludeFailed(failure);
            if (current == this
                    && sent != null
                    && !(isServersFault(failure) && !isLost() && tryNextServer(sent.flow(), outcome))
                    && !(failure instanceof Failure.TimedOut && !sent.flow().isOpen() && askAgain())) {
                outcome.run();
            }
        }

        @Override
        public void terminated() {
            if (current == this && concluded) {
                OutgoingRequest.this.terminated();
            }
        }
    }

    /**
     * Whether the request was sent from a network that the device has left, and must be made anew.
     */
    boolean isLost() {
        return false;
    }

    /** RFC 3261 §21.5.4, RFC 5626 §11.5: another server may do better. */
    private static boolean isFlowsFault(int status) {
        return status == 503 || status == 430;
    }

    private static boolean isServersFault(Failure failure) {
        return !(failure instanceof Failure.MessageTooLarge);
    }

    private void received(SipResponse response, ClientTransactionHandle sent) {
        int status = response.status();
        if (response.isProvisional()) {
            answeredAtAll = true;
            if (status > 100 && !concluded) {
                provisional(response);
            }
        } else if (response.isSuccess()) {
            conclude();
            learn(response, sent.flow());
            succeeded(response);
        } else if (!concluded && (status == 401 || status == 407)) {
            challenged(response, sent);
        } else if (!concluded && path.asksForLess(response)) {
            request.remove("Supported");
            sendAgain(sent);
        } else if (!concluded && !(isFlowsFault(status) && tryNextServer(sent.flow(), () -> refused(response)))) {
            refused(response);
        }
    }

    private void refused(SipResponse response) {
        if (!concluded) {
            conclude();
            rejected(response, StatusMeaning.failure(response));
        }
    }

    private void learn(SipResponse response, Flow flow) {
        String info = response.header("Authentication-Info");
        String proxyInfo = response.header("Proxy-Authentication-Info");
        if (info != null) {
            identity.authenticator().authenticationInfo(info, false);
        }
        if (proxyInfo != null) {
            identity.authenticator().authenticationInfo(proxyInfo, true);
        }
        path.succeeded(request, response, flow);
    }

    /** §22.2: sends the same request with the next CSeq. */
    private void challenged(SipResponse response, ClientTransactionHandle sent) {
        boolean proxy = response.status() == 407;
        Failure.AuthenticationProblem problem =
                digest.challenged(response.headers(proxy ? "Proxy-Authenticate" : "WWW-Authenticate"), proxy);
        if (problem != null) {
            conclude();
            rejected(response, new Failure.AuthenticationFailed(problem));
        } else if (mayTryAgain()) {
            sendAgain(sent);
        }
    }

    private void sendAgain(ClientTransactionHandle sent) {
        request.cseq(path.nextCseq(sent.request()), request.method());
        sendOn(sent.flow());
    }

    /** Asked before each attempt; a subclass concludes an unwanted request here. */
    boolean mayTryAgain() {
        return true;
    }

    /**
     * A new connection was closed because nothing arrived on it: sends the request once more on
     * another. Then it waits as usual, because the server may be overloaded.
     */
    private boolean askAgain() {
        if (concluded || askedAgain || answeredAtAll || !mayTryAgain()) {
            return false;
        }
        askedAgain = true;
        path.obtain(new Sending());
        return true;
    }

    /**
     * Tries another server, but only if the request got no response yet and is outside a dialog: a
     * dialog's other side does not move.
     *
     * @param outcome run if no other server can be reached
     */
    private boolean tryNextServer(Flow gone, Runnable outcome) {
        if (concluded || path.dialog() != null || answeredAtAll) {
            return false;
        }
        List<Flow> all = new ArrayList<>(failed);
        all.add(gone);
        failed = all;
        Flow other = path.openFlowBut(failed);
        if ((other == null && !path.home().hasAlternativeTo(failed)) || !mayTryAgain()) {
            return false;
        }
        if (other != null) {
            // The other server has a Service-Route of its own.
            request.remove("Route");
            routed = false;
            sendOn(other);
            return true;
        }
        path.home().obtainAlternativeTo(failed, new SendingElsewhere(outcome));
        return true;
    }
}
