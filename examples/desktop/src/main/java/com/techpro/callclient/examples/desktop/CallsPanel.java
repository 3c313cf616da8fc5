// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.RejectReason;
import java.awt.BorderLayout;
import java.awt.GridLayout;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.DefaultListModel;
import javax.swing.JButton;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.ListSelectionModel;

/** The dial pad, and the calls there are. */
final class CallsPanel extends Form {
    private static final long serialVersionUID = 1L;
    private static final String KEYS = "123456789*0#";

    private final transient Phone phone;
    private final JTextField number = field("number", "");
    private final DefaultListModel<String> lines = new DefaultListModel<>();
    private final JList<String> list = named("calls", new JList<>(lines));
    private transient List<Call> calls = List.of();

    CallsPanel(Phone phone) {
        super(new BorderLayout(12, 12));
        this.phone = phone;
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        JPanel pad = new JPanel(new GridLayout(4, 3, 4, 4));
        for (int i = 0; i < KEYS.length(); i++) {
            char key = KEYS.charAt(i);
            pad.add(button("key " + key, String.valueOf(key), () -> press(key)));
        }
        JPanel left = new JPanel(new BorderLayout(8, 8));
        left.add(number, BorderLayout.NORTH);
        left.add(pad, BorderLayout.CENTER);
        left.add(button("dial", "Call", this::dial), BorderLayout.SOUTH);
        add(left, BorderLayout.WEST);
        add(new JScrollPane(list), BorderLayout.CENTER);
        JPanel actions = new JPanel(new GridLayout(2, 3, 4, 4));
        actions.add(of("answer", "Answer", phone::answer));
        actions.add(of("decline", "Decline", call -> call.reject(RejectReason.DECLINED)));
        actions.add(of("hangup", "Hang up", Call::hangUp));
        actions.add(of("hold", "Hold", CallsPanel::holdOrResume));
        actions.add(of("mute", "Mute", call -> call.setMuted(!call.snapshot().muted())));
        actions.add(of("transfer", "Transfer to the number", this::transfer));
        add(actions, BorderLayout.SOUTH);
        phone.whenChanged(this::refresh);
    }

    private JButton of(String name, String text, Consumer<Call> action) {
        return button(name, text, () -> {
            int index = list.getSelectedIndex();
            if (index >= 0 && index < calls.size()) {
                action.accept(calls.get(index));
                refresh();
            } else {
                phone.say("Choose a call first.");
            }
        });
    }

    /** A key of a call that is chosen, else of the number to dial. */
    private void press(char key) {
        int index = list.getSelectedIndex();
        if (index >= 0 && calls.get(index).snapshot().state() == CallState.ESTABLISHED) {
            calls.get(index).sendDtmf(String.valueOf(key));
        } else {
            number.setText(number.getText() + key);
        }
    }

    private void dial() {
        phone.dial(number.getText());
        number.setText("");
    }

    private static void holdOrResume(Call call) {
        if (call.snapshot().hold().isLocal()) {
            call.resume();
        } else {
            call.hold();
        }
    }

    private void transfer(Call call) {
        if (number.getText().isBlank()) {
            phone.say("Type the number to transfer to first.");
            return;
        }
        call.transfer(number.getText().strip());
        number.setText("");
    }

    private void refresh() {
        int chosen = list.getSelectedIndex();
        calls = phone.calls();
        show(lines, calls.stream().map(call -> line(call.snapshot())).toList());
        if (!calls.isEmpty()) {
            list.setSelectedIndex(chosen >= 0 && chosen < calls.size() ? chosen : 0);
        }
    }

    static String line(CallSnapshot call) {
        String who = call.caller().display();
        return (who.isEmpty() ? "number withheld" : who)
                + ", " + state(call)
                + (call.muted() ? ", muted" : "")
                + (call.encrypted() ? ", encrypted (" + call.codec() + ")" : "");
    }

    private static String state(CallSnapshot call) {
        if (call.state() == CallState.ESTABLISHED && call.hold().isLocal()) {
            return call.holdAccepted() ? "on hold" : "on hold, the other side does not know yet";
        }
        return switch (call.state()) {
            case DIALLING -> "dialling";
            case RINGING_OUT -> "ringing there";
            case INCOMING -> "calls you";
            case CONNECTING -> "connecting";
            case ESTABLISHED -> call.hold().isRemote() ? "has put you on hold" : "talking";
            case ENDED -> "over";
        };
    }
}
