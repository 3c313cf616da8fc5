// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.swing.JFrame;
import javax.swing.JTabbedPane;

/** The pictures of the documentation: a window on a real screen, at the embedded PBX. {@code .ci/screenshots} runs it on one of its own. */
public final class Screenshots {
    private Screenshots() {}

    public static void main(String[] folder) throws Exception {
        Path authority = Files.createTempFile("ca", ".pem");
        try (EmbeddedPbx pbx = EmbeddedPbx.builder()
                        .extensions("1001", "1002", "1003")
                        .voicemail()
                        .provisioning(
                                accounts -> accounts.password("1001", "one").password("1002", "two"))
                        .start();
                Phone mine = TestedUi.onEdt(() -> new Phone(new SilentAudio(), new FakeSecureStore()));
                Phone hers = TestedUi.onEdt(() -> new Phone(new SilentAudio(), new FakeSecureStore()))) {
            Files.writeString(authority, pbx.authorityPem());
            JFrame window = TestedUi.onEdt(() -> {
                JFrame frame = new JFrame("Phone");
                frame.add(new PhonePanel(mine, pbx.phoneSystem()));
                frame.setSize(760, 480);
                frame.setVisible(true);
                return frame;
            });
            TestedUi ui = new TestedUi(window.getContentPane());
            TestedUi other = new TestedUi(TestedUi.onEdt(() -> new PhonePanel(hers, pbx.phoneSystem())));
            ui.login(pbx, "1001", "one", authority).awaitText("status", "Ready");
            other.login(pbx, "1002", "two", authority).awaitText("status", "Ready");
            ui.type("extension", "1002")
                    .press("watch")
                    .type("extension", "1003")
                    .press("watch");
            ui.type("number", "1002").press("dial");
            other.awaitLine("calls", "calls you");
            other.press("answer");
            ui.awaitLine("calls", "encrypted");
            take(window, 0, Path.of(folder[0], "desktop-calls.png"));
            ui.awaitLine("lamps", "1002: talking");
            take(window, 1, Path.of(folder[0], "desktop-people.png"));
            ui.press("hangup");
            window.dispose();
        } finally {
            Files.delete(authority);
        }
    }

    private static void take(JFrame window, int tab, Path file) throws Exception {
        Rectangle bounds = TestedUi.onEdt(() -> {
            ((JTabbedPane) ((PhonePanel) window.getContentPane().getComponent(0)).getComponent(1))
                    .setSelectedIndex(tab);
            return window.getBounds();
        });
        Robot robot = new Robot();
        robot.setAutoDelay(500);
        robot.waitForIdle();
        robot.mouseMove(0, 0);
        BufferedImage picture = robot.createScreenCapture(bounds);
        File target = file.toFile();
        ImageIO.write(picture, "png", target);
    }
}
