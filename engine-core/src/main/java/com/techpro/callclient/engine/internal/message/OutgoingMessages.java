// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.message;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.RequestListener;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.MessageRefusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sends MESSAGE requests: to one address one after the other, as RFC 3428 §8 wants it, so that they come in the order in which they were
 * written. Belongs to the loop.
 */
final class OutgoingMessages {
    private static final int MOST_PENDING = 100;

    /** One to be sent. */
    record Outgoing(String id, SipUri to, String contentType, byte[] body, Consumer<MessageOutcome> outcome) {}

    private final SipEndpoint endpoint;
    /** The first of each address is under way. */
    private final Map<String, Deque<Outgoing>> pending = new HashMap<>();

    /** What is to be told once the outcome of a message is. */
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
            transmit(message);
        }
    }

    /** Runs a task once the outcome of a message has been told, at once where there is none to wait for. */
    void afterOutcome(String id, Runnable task) {
        boolean underWay = pending.values().stream()
                .anyMatch(queue -> queue.element().id().equals(id));
        if (underWay) {
            // Of two that come before the answer, the later one says more.
            afterwards.put(id, task);
        } else {
            task.run();
        }
    }

    private void transmit(Outgoing message) {
        endpoint.send(
                endpoint.newRequest("MESSAGE", message.to()).body(message.contentType(), message.body()),
                new RequestListener() {
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
                        failed(why);
                    }

                    @Override
                    public void failed(Failure why) {
                        conclude(message, new MessageOutcome.Failed(message.id(), why));
                    }
                });
    }

    private void conclude(Outgoing message, MessageOutcome outcome) {
        Deque<Outgoing> queue = pending.get(message.to().encode());
        if (queue == null || queue.peek() != message) {
            return; // the account is gone, and this was told
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
            transmit(next);
        }
    }

    /** The account is gone. */
    void close() {
        List<Outgoing> unanswered = new ArrayList<>();
        pending.values().forEach(unanswered::addAll);
        pending.clear();
        afterwards.clear();
        count = 0;
        unanswered.forEach(message -> message.outcome()
                .accept(new MessageOutcome.Refused(message.id(), MessageRefusal.ACCOUNT_GONE)));
    }
}
