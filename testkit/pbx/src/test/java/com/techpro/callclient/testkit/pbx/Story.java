// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.IncomingTransfers;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.message.MessageOptions;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.CallCompletion;
import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.ports.trace.SipTraceMessage;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Four users of one phone system, who do one thing after the other, whatever came of those before; and what was seen of it. */
final class Story implements AutoCloseable {
    private static final List<String> NUMBERS = List.of("1001", "1002", "1003", "1004", "2000", "*97", "4711");

    /** What a user, the network or the time does. Whoever has no call, lamp or text for it does nothing. */
    enum Deed {
        DIAL,
        /** Dials one of the others, who answers. */
        TALK,
        ANSWER,
        REJECT,
        HANG_UP,
        HOLD,
        RESUME,
        PRESS,
        MERGE,
        TRANSFER,
        TRANSFER_TO,
        ACCEPT_TRANSFER,
        REFUSE_TRANSFER,
        WATCH,
        WATCH_NO_LONGER,
        PICK_UP,
        CALL_WHEN_FREE,
        CALL_NO_LONGER,
        PUBLISH,
        WITHDRAW,
        WRITE,
        REGISTER,
        DISTURB,
        LOSE_CONNECTION,
        LOSE_NETWORK,
        FIND_NETWORK,
        PASS_MOMENT,
        PASS_SECONDS,
        PASS_MINUTE
    }

    /** @param who which of the four; @param choice what of what there is */
    record Step(Deed deed, int who, int choice) {
        private static final Deed[] OFTEN = {
            Deed.TALK,
            Deed.ANSWER,
            Deed.TRANSFER,
            Deed.TRANSFER_TO,
            Deed.ACCEPT_TRANSFER,
            Deed.PASS_MOMENT,
            Deed.PASS_SECONDS
        };

        static Step any(Random random) {
            Deed[] all = random.nextInt(3) == 0 ? OFTEN : Deed.values();
            return new Step(all[random.nextInt(all.length)], random.nextInt(4), random.nextInt(1_000));
        }

        @Override
        public String toString() {
            return deed + "(" + who + "," + choice + ")";
        }
    }

    /** One of the four, and what they hold. */
    private final class User {
        private final Phone phone;
        private final List<BusyLamp> lamps = new ArrayList<>();
        private final List<CallCompletion> completions = new ArrayList<>();
        private final List<SipTraceMessage> trace = new ArrayList<>();

        private User(int index) {
            String extension = "100" + (index + 1);
            phone = scene.phone(
                    extension,
                    scene.pbx.account(extension).build(),
                    config -> config.platform(p -> p.store(new FakeSecureStore()))
                            .keepTextMessages(100)
                            .deliveryReceipts(true)
                            .incomingTransfers(index % 2 == 0 ? IncomingTransfers.FOLLOW : IncomingTransfers.ASK)
                            .sipTrace(trace::add)
                            .lab(lab -> lab.traceRaw(true)));
        }
    }

    final PbxScene scene;
    private final List<User> users = new ArrayList<>();
    private final List<CompletableFuture<?>> promises = new ArrayList<>();
    private final List<String> promised = new ArrayList<>();
    private boolean lossy;

    Story(long seed) {
        scene = new PbxScene(seed, builder -> builder.extensions("1004"));
        for (int i = 0; i < 4; i++) {
            users.add(new User(i));
        }
        users.forEach(user -> user.phone.registered());
    }

    List<Phone> phones() {
        List<Phone> phones = new ArrayList<>();
        users.forEach(user -> phones.add(user.phone));
        return phones;
    }

    List<SipTraceMessage> trace(int who) {
        return users.get(who).trace;
    }

    /** Whether something of it got lost on the way, so that one side may not know what the other did. */
    boolean isLossy() {
        return lossy;
    }

    /** What was promised and has not come. */
    List<String> open() {
        List<String> open = new ArrayList<>();
        for (int i = 0; i < promises.size(); i++) {
            if (!promises.get(i).isDone()) {
                open.add(promised.get(i));
            }
        }
        return open;
    }

    List<CompletableFuture<?>> promises() {
        return promises;
    }

    private void owe(Step step, CompletionStage<?> stage) {
        promises.add(stage.toCompletableFuture());
        promised.add(step.toString());
    }

    void perform(Step step) {
        User user = users.get(step.who());
        Phone phone = user.phone;
        List<Call> calls = phone.client.calls();
        Call call = calls.isEmpty() ? null : calls.get(step.choice() % calls.size());
        String number = NUMBERS.get(step.choice() % NUMBERS.size());
        switch (step.deed()) {
            case DIAL -> {
                Call dialled = phone.account.dial(number);
                owe(step, dialled.whenEstablished());
            }
            case TALK -> {
                int other = (step.who() + 1 + step.choice() % 3) % 4;
                owe(step, phone.account.dial("100" + (other + 1)).whenEstablished());
                scene.pass(Duration.ofMillis(300));
                answer(users.get(other).phone.client.calls());
                scene.pass(Duration.ofMillis(200));
            }
            case WATCH -> user.lamps.add(phone.account.watch("100" + (step.choice() % 4 + 1)));
            case WATCH_NO_LONGER -> pick(user.lamps, step).forEach(BusyLamp::close);
            case PICK_UP -> pick(user.lamps, step).forEach(BusyLamp::pickUp);
            case CALL_WHEN_FREE -> {
                CallCompletion completion = phone.account.callWhenFree("100" + (step.choice() % 4 + 1));
                user.completions.add(completion);
                owe(step, completion.outcome());
            }
            case CALL_NO_LONGER -> pick(user.completions, step).forEach(CallCompletion::cancel);
            case PUBLISH ->
                owe(
                        step,
                        phone.account.publishPresence(
                                PresenceStatus.values()[step.choice() % PresenceStatus.values().length]));
            case WITHDRAW -> owe(step, phone.account.withdrawPresence());
            case WRITE ->
                owe(step, phone.account.sendMessage(number, "text " + step.choice(), MessageOptions.RECEIPTS));
            case REGISTER -> phone.account.register();
            case DISTURB ->
                owe(step, phone.client.incomingCalls().doNotDisturb().set(step.choice() % 2 == 0));
            case LOSE_CONNECTION -> {
                lossy = true;
                scene.network.resetStreams(PbxScene.PBX, addressOf(step.who()));
            }
            case LOSE_NETWORK -> {
                lossy = true;
                scene.network.partition(PbxScene.PBX, addressOf(step.who()));
            }
            case FIND_NETWORK -> scene.network.heal(PbxScene.PBX, addressOf(step.who()));
            case PASS_MOMENT -> scene.pass(Duration.ofMillis(1 + step.choice() % 300));
            case PASS_SECONDS -> scene.pass(Duration.ofMillis(500 + step.choice() * 7L));
            case PASS_MINUTE -> scene.pass(Duration.ofSeconds(20 + step.choice() % 60));
            default -> {
                if (call != null) {
                    perform(step, call, calls, number);
                }
            }
        }
    }

    private void perform(Step step, Call call, List<Call> calls, String number) {
        Call other = calls.get((step.choice() / 7) % calls.size());
        switch (step.deed()) {
            case ANSWER -> answer(calls);
            case REJECT -> call.reject(RejectReason.values()[step.choice() % RejectReason.values().length]);
            case HANG_UP -> call.hangUp();
            case HOLD -> call.hold();
            case RESUME -> call.resume();
            case PRESS -> call.sendDtmf("1#");
            case TRANSFER -> owe(step, call.transfer(number));
            case ACCEPT_TRANSFER -> calls.forEach(Call::acceptTransfer);
            case REFUSE_TRANSFER -> call.refuseTransfer();
            default -> {
                if (other != call && step.deed() == Deed.MERGE) {
                    call.merge(other);
                } else if (other != call) {
                    owe(step, call.transferTo(other));
                }
            }
        }
    }

    private static void answer(List<Call> calls) {
        calls.stream()
                .filter(each -> each.snapshot().state() == CallState.INCOMING)
                .findFirst()
                .ifPresent(Call::answer);
    }

    private static <T> List<T> pick(List<T> all, Step step) {
        return all.isEmpty() ? List.of() : List.of(all.get(step.choice() % all.size()));
    }

    private static String addressOf(int who) {
        return "10.0." + who + ".0" + (who + 1);
    }

    /** Everybody ends what they have, and time passes until the last that could still come has. */
    void end() {
        for (int i = 0; i < users.size(); i++) {
            scene.network.heal(PbxScene.PBX, addressOf(i));
        }
        scene.pass(Duration.ofSeconds(1));
        for (User user : users) {
            user.completions.forEach(CallCompletion::cancel);
            user.lamps.forEach(BusyLamp::close);
        }
        for (int i = 0; i < 3; i++) {
            users.forEach(user -> user.phone.client.calls().forEach(Call::hangUp));
            scene.pass(Duration.ofSeconds(70));
        }
    }

    /** Every account goes, and what belonged to it with it. */
    void leave() {
        users.forEach(user -> user.phone.account.remove());
        scene.pass(Duration.ofSeconds(70));
    }

    List<CallClient> clients() {
        List<CallClient> clients = new ArrayList<>();
        users.forEach(user -> clients.add(user.phone.client));
        return clients;
    }

    @Override
    public void close() {
        scene.close();
    }
}
