// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.Words;
import java.awt.GridLayout;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.KeyStroke;
import javax.swing.SwingConstants;

/**
 * A window for each incoming ringing call; it closes when the call is answered, declined or ended.
 * Enter answers, Escape declines.
 */
public final class IncomingWindows {
    private final Phone phone;
    private final Function<JComponent, Runnable> opener;
    private final Map<Call, Opened> windows = new HashMap<>();

    private record Opened(Runnable update, Runnable close) {}

    /** @param opener shows a panel in a window, and returns what closes it */
    public IncomingWindows(Phone phone, Function<JComponent, Runnable> opener) {
        this.phone = phone;
        this.opener = opener;
        phone.whenChanged(this::refresh);
    }

    private void refresh() {
        List<Call> ringing = phone.ringing();
        windows.forEach((call, window) -> {
            if (!ringing.contains(call)) {
                window.close().run();
            }
        });
        windows.keySet().retainAll(ringing);
        for (Call call : ringing) {
            windows.computeIfAbsent(call, this::open).update().run();
        }
    }

    private Opened open(Call call) {
        JLabel avatar = Parts.centredLabel("picture", "Picture", "large");
        JLabel name = Parts.centredLabel("caller name", "Name", "h1");
        JLabel number = Parts.centredLabel("caller number", "Number", "muted");
        JButton answer = Parts.tile("answer", "Answer", Glyph.HANDSET, 'A', "green", () -> phone.answer(call));
        JButton silence = Parts.tile("silence", "Silence", Glyph.BELL_OFF, 'S', "tile", () -> {});
        Parts.reword(silence, "Stop ringing", Glyph.BELL_OFF, 22);
        silence.addActionListener(pressed -> {
            var unused = call.silence();
            silence.setEnabled(false);
        });
        JPanel buttons = new JPanel(new GridLayout(1, 0, 14, 0));
        Stream.of(Parts.tile("decline", "Decline", Glyph.HANG_UP, 'D', "red", () -> decline(call)), silence, answer)
                .forEach(buttons::add);
        JPanel panel =
                Parts.column(16, new JLabel("Incoming call", SwingConstants.CENTER), avatar, name, number, buttons);
        Parts.bind(panel, KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), answer::doClick);
        Parts.bind(panel, KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), () -> decline(call));
        panel.addHierarchyListener(shown -> answer.requestFocusInWindow()); // the focus is where Enter is
        panel.setOpaque(true);
        Parts.named("incoming call", "Incoming call", Parts.padded(panel, 24, 36, 20, 36));
        Runnable update = () -> {
            Caller caller = call.snapshot().caller(); // a look-up may find the name later
            avatar.setIcon(new Avatar(88, Words.name(caller), null));
            name.setText(Words.name(caller));
            number.setText(Words.number(caller) + " ");
            panel.getAccessibleContext().setAccessibleDescription(Words.name(caller) + ", Incoming call");
        };
        update.run();
        return new Opened(update, opener.apply(panel));
    }

    static void decline(Call call) {
        var unused = call.reject(RejectReason.DECLINED);
    }

    /** Opens a window above all others. */
    public static Runnable inFront(JComponent panel) {
        JFrame window = new JFrame("Incoming call");
        window.add(panel);
        window.setType(Window.Type.UTILITY);
        window.setAlwaysOnTop(true);
        // Closing the window neither answers nor declines: the call rings on, and the main window's
        // Enter and Escape still work.
        window.setDefaultCloseOperation(JFrame.HIDE_ON_CLOSE);
        window.pack();
        window.setLocationRelativeTo(null);
        window.setVisible(true);
        return window::dispose;
    }
}
