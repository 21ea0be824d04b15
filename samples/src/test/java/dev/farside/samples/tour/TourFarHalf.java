package dev.farside.samples.tour;

import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.samples.SecondJvm;
import java.io.FileInputStream;
import java.io.IOException;

/** What the five programs do at the far side: binds what they bind, allows what they allow. */
final class TourFarHalf {
  private TourFarHalf() {}

  public static void main(String[] args) throws IOException {
    try (Farside far =
            Farside.builder()
                .bind("bus", new Tour.Bus())
                .bind("calculator", new Tour.PlainCalculator())
                .bind("root", new Tour.Node(""))
                .bind("bank", new Tour.Bank())
                .allowImport(FileInputStream.class, Tour.Account.class)
                .build();
        Listener listener = far.listenNow("tcp://127.0.0.1:0")) {
      System.out.println(listener.uri());
      SecondJvm.awaitEndOfInput();
    }
  }
}
