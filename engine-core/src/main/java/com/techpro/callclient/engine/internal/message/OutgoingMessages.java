// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.message;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.MessageRefusal;
import com.techpro.callclient.stack.sip.RequestListener;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sends MESSAGE requests. Those to one address go one after the other (RFC 3428 §8), so that they
 * arrive in order. Belongs to the loop.
 */
final class OutgoingMessages {
    private static final int MOST_PENDING = 100;

    /** A message to send, in the first form that the far end accepts. */
    record Outgoing(String id, SipUri to, List<Form> forms, Consumer<MessageOutcome> outcome) {
        Outgoing {
            forms = List.copyOf(forms);
        }
    }

    /** A body and its type. */
    static final class Form {
        private final String contentType;
        private final byte[] body;

        Form(String contentType, byte[] body) {
            this.contentType = contentType;
            this.body = body;
        }
    }

    private final SipEndpoint endpoint;
    /** Messages by address; the first of each address is under way. */
    private final Map<String, Deque<Outgoing>> pending = new HashMap<>();

    /** Tasks to run once the outcome of a message is reported. */
    private final Map<String, Runnable> afterwards = new HashMap<>();

    private int count;

    OutgoingMessages(SipEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    void send(Outgoing message) {
        if (count == MOST_PENDING) {
            message.outcome().accept(new MessageOutcome.Refused(message.id(), MessageRefusal.TOO_MANY_PENDING));
            return;
        }
        count++;
        Deque<Outgoing> queue = pending.computeIfAbsent(message.to().encode(), to -> new ArrayDeque<>(1));
        queue.add(message);
        if (queue.size() == 1) {
            transmit(message, 0);
        }
    }

    /**
     * Runs a task once the outcome of a message is reported, or at once if the message is not under
     * way.
     */
    void afterOutcome(String id, Runnable task) {
        boolean underWay =
                pending.values().stream().anyMatch(queue -> queue.element().id().equals(id));
        if (underWay) {
            // If two arrive before the outcome, the later one says more.
            afterwards.put(id, task);
        } else {
            task.run();
        }
    }

    private void transmit(Outgoing message, int form) {
        Form now = message.forms().get(form);
        endpoint.send(
                endpoint.newRequest("MESSAGE", message.to()).body(now.contentType, now.body), new RequestListener() {
                    @Override
                    public void success(SipResponse response) {
                        String id = message.id();
                        conclude(
                                message,
                                response.status() == 202
                                        ? new MessageOutcome.Accepted(id)
                                        : new MessageOutcome.Delivered(id));
                    }

                    @Override
                    public void rejected(SipResponse response, Failure why) {
                        // RFC 3261 §8.1.3.5: retry with a form that the far end may accept.
                        if (response.status() == 415
                                && form + 1 < message.forms().size()
                                && isUnderWay(message)) {
                            transmit(message, form + 1);
                        } else {
                            failed(why);
                        }
                    }

                    @Override
                    public void failed(Failure why) {
                        conclude(message, new MessageOutcome.Failed(message.id(), why));
                    }
                });
    }

    private boolean isUnderWay(Outgoing message) {
        Deque<Outgoing> queue = pending.get(message.to().encode());
        return queue != null && message.equals(queue.peek());
    }

    private void conclude(Outgoing message, MessageOutcome outcome) {
        Deque<Outgoing> queue = pending.get(message.to().encode());
        if (queue == null || !isUnderWay(message)) {
            return; // the account is gone, and the outcome was reported
        }
        count--;
        queue.remove();
        Outgoing next = queue.peek();
        if (next == null) {
            pending.remove(message.to().encode());
        }
        message.outcome().accept(outcome);
        Runnable then = afterwards.remove(message.id());
        if (then != null) {
            then.run();
        }
        if (next != null) {
            transmit(next, 0);
        }
    }

    /** Ends all messages, because the account is gone. */
    void close() {
        List<Outgoing> unanswered = new ArrayList<>();
        pending.values().forEach(unanswered::addAll);
        pending.clear();
        afterwards.clear();
        count = 0;
        unanswered.forEach(message ->
                message.outcome().accept(new MessageOutcome.Refused(message.id(), MessageRefusal.ACCOUNT_GONE)));
    }
}
