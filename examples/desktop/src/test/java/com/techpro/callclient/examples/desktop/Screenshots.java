// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.examples.desktop.window.Theme;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PlacedCall;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.swing.JComponent;
import javax.swing.SwingUtilities;

/** The pictures of the documentation, of a phone at the embedded PBX, in both themes; painted without a screen. {@code .ci/screenshots} runs it. */
public final class Screenshots {
    private static final double SCALE = 2;
    private static final int WIDTH = 940;
    private static final int HEIGHT = 620;

    private final Path folder;
    private final Set<String> wanted;
    private final PhoneUser anna;
    private final PhoneUser ben;
    private final PhoneUser carla;
    private final PhoneUser dmitri;
    private final EmbeddedPbx pbx;

    private Screenshots(
            Path folder,
            Set<String> wanted,
            EmbeddedPbx pbx,
            PhoneUser anna,
            PhoneUser ben,
            PhoneUser carla,
            PhoneUser dmitri) {
        this.folder = folder;
        this.wanted = wanted;
        this.pbx = pbx;
        this.anna = anna;
        this.ben = ben;
        this.carla = carla;
        this.dmitri = dmitri;
    }

    /** @param arguments the folder for them, and the names of those that are wanted; all unless there are some */
    public static void main(String[] arguments) throws Exception {
        Set<String> names = new HashSet<>(List.of(arguments).subList(1, arguments.length));
        Path authority = Files.createTempFile("ca", ".pem");
        try (EmbeddedPbx pbx = EmbeddedPbx.builder()
                .extensions("1001", "1002", "1003", "1004", "1005")
                .voicemail()
                .provisioning(accounts -> accounts.password("1001", "word of 1001")
                        .name("1001", "Anna", "Keller")
                        .password("1002", "word of 1002")
                        .name("1002", "Ben", "Okafor")
                        .password("1003", "word of 1003")
                        .name("1003", "Carla", "Rossi")
                        .password("1004", "word of 1004")
                        .name("1004", "Dmitri", "Sokolov"))
                .noAnswer(Duration.ofMinutes(3))
                .start()) {
            Files.writeString(authority, pbx.authorityPem());
            TestedUi.onEdt(() -> {
                Theme.LIGHT.apply();
                return true;
            });
            try (PhoneUser anna = new PhoneUser(pbx, "1001", authority);
                    PhoneUser ben = new PhoneUser(pbx, "1002", authority);
                    PhoneUser carla = new PhoneUser(pbx, "1003", authority);
                    PhoneUser dmitri = new PhoneUser(pbx, "1004", authority)) {
                ben.loggedIn();
                carla.loggedIn();
                dmitri.loggedIn();
                new Screenshots(Path.of(arguments[0]), names, pbx, anna, ben, carla, dmitri).take();
            }
        } finally {
            Files.delete(authority);
        }
        System.exit(0);
    }

    private void take() throws Exception {
        picture("login", anna.panel(), WIDTH, HEIGHT);
        pbx.voicemail().leave("1001", "1003", "Carla Rossi", new short[8_000 * 21]);
        pbx.voicemail().leave("1001", "+493055501270", "Reception", new short[8_000 * 34]);
        pbx.voicemail().leave("1001", "1002", "Ben Okafor", new short[8_000 * 12]);
        anna.loggedIn();
        favorite("Ben Okafor", "1002");
        favorite("Carla Rossi", "1003");
        favorite("Dmitri Sokolov", "1004");
        favorite("Emma Laurent", "1005");
        anna.ui().awaitLine("favorites", "Carla Rossi, Available");
        missed("Reception", "+493055501270");
        anna.ui().dial("602");
        anna.ui().awaitText("advice", "busy");
        picture("notice", anna.panel(), WIDTH, HEIGHT);
        anna.ui().press("dismiss");
        carla.ui().dial("1004");
        dmitri.awaitIncoming();
        anna.ui().awaitLine("favorites", "Dmitri Sokolov, Ringing");
        calls();
        voicemail();
    }

    private void favorite(String name, String number) {
        anna.ui()
                .press("new favorite")
                .type("favorite name", name)
                .type("favorite number", number)
                .press("add favorite")
                .awaitLine("favorites", name);
    }

    private void missed(String name, String number) {
        PlacedCall call = pbx.call("1001").from(name, number).ring();
        anna.awaitIncoming();
        call.hangUp();
        anna.ui().awaitText("notice", "Missed call");
        anna.ui().press("dismiss");
    }

    private void calls() throws Exception {
        ben.ui().dial("1001");
        TestedUi ringing = anna.awaitIncoming();
        picture("incoming", anna.incoming(), 380, 400);
        ringing.press("answer");
        anna.ui().awaitText("call status", "Connected");
        anna.ui().awaitText("call quality", "ood");
        anna.ui().awaitLine("favorites", "Ben Okafor, In a call");
        anna.putForward(Duration.ofSeconds(252));
        anna.ui().awaitText("call timer", "4:");
        picture("call", anna.panel(), WIDTH, HEIGHT);
        anna.ui().press("hold").press("call keypad");
        anna.ui().awaitText("call status", "On hold");
        picture("keypad", anna.panel(), WIDTH, HEIGHT);
        anna.ui().press("transfer");
        picture("transfer", anna.panel(), WIDTH, HEIGHT);
        anna.ui().press("hangup").awaitNoCall();
        anna.putForward(Duration.ZERO);
    }

    private void voicemail() throws Exception {
        anna.ui().press("show voicemail").awaitLine("messages", "Ben Okafor");
        anna.ui().choose("messages", 1).press("play");
        anna.ui().awaitText("player time", "0:04");
        picture("voicemail", anna.panel(), WIDTH, HEIGHT);
        anna.ui().press("stop").press("show history");
        picture("history", anna.panel(), WIDTH, HEIGHT);
        anna.ui().press("show settings");
        picture("settings", anna.panel(), WIDTH, HEIGHT);
        locked();
    }

    private void locked() throws Exception {
        anna.ui()
                .press("open lock form")
                .type("lock proof", "word of 1001")
                .type("new pin", "270841")
                .type("new pin again", "270841")
                .press("save pin");
        anna.ui().awaitText("notice", "The PIN is set.");
        anna.ui().press("dismiss").press("lock now").awaitText("locked", "Locked");
        anna.ui().type("pin", "270842").press("unlock").awaitText("lock message", "attempts are left");
        picture("locked", anna.panel(), WIDTH, HEIGHT);
    }

    private void picture(String name, JComponent panel, int width, int height) throws Exception {
        if (!wanted.isEmpty() && !wanted.contains(name)) {
            return;
        }
        for (Theme theme : Theme.values()) {
            Path file = folder.resolve("desktop-" + name + (theme == Theme.DARK ? "-dark" : "") + ".png");
            var image = TestedUi.onEdt(() -> {
                theme.apply();
                SwingUtilities.updateComponentTreeUI(panel);
                return Offscreen.paint(panel, width, height, SCALE);
            });
            write(image, file);
        }
    }

    /** As small as PNG can be. */
    private static void write(BufferedImage picture, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(0);
        Files.deleteIfExists(file);
        try (ImageOutputStream to = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(to);
            writer.write(null, new IIOImage(picture, null, null), settings);
        } finally {
            writer.dispose();
        }
    }
}
