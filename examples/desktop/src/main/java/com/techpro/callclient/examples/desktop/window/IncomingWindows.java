// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.CallCard;
import com.techpro.callclient.examples.desktop.phone.Phone;
import java.awt.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.swing.JComponent;
import javax.swing.JFrame;

/**
 * A window for each incoming ringing call; it closes when the call is answered, declined or ended.
 */
public final class IncomingWindows {
    private final Phone phone;
    private final Function<JComponent, Runnable> opener;
    private final Map<String, IncomingPanel> panels = new HashMap<>();
    private final Map<String, Runnable> closers = new HashMap<>();

    /** @param opener shows a panel in a window, and returns what closes it */
    public IncomingWindows(Phone phone, Function<JComponent, Runnable> opener) {
        this.phone = phone;
        this.opener = opener;
        phone.whenChanged(this::refresh);
    }

    private void refresh() {
        List<CallCard> ringing = phone.calls().ringing();
        for (String id : new ArrayList<>(panels.keySet())) {
            if (ringing.stream().noneMatch(card -> card.id().equals(id))) {
                panels.remove(id);
                Runnable close = closers.remove(id);
                if (close != null) {
                    close.run();
                }
            }
        }
        for (CallCard card : ringing) {
            IncomingPanel known = panels.get(card.id());
            if (known == null) {
                IncomingPanel panel = new IncomingPanel(phone, card);
                panels.put(card.id(), panel);
                closers.put(card.id(), opener.apply(panel));
            } else {
                known.show(card);
            }
        }
    }

    /** Opens a window above all others. */
    public static Runnable inFront(JComponent panel) {
        JFrame window = new JFrame("Incoming call");
        window.setContentPane(panel);
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
