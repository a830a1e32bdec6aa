import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/**
 * Validates PDFs by veraPDF. Each argument is LEVEL=FILE, with the level as veraPDF writes it: 2a, 2b, ua1. Prints for each
 * file its name and "valid", or a line for every rule that it breaks.
 */
public class Validate {
  public static void main(String[] orders) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (String order : orders) {
      var parts = order.split("=", 2);
      var level = PDFAFlavour.byFlavourId(parts[0]);
      if (level == PDFAFlavour.NO_FLAVOUR) throw new IllegalArgumentException(order + ": no such level");
      try (var file = new FileInputStream(parts[1]);
          var parser = Foundries.defaultInstance().createParser(file, level)) {
        var result = Foundries.defaultInstance().createValidator(level, false).validate(parser);
        var broken = result.getTestAssertions().stream()
            .map(one -> one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber() + " " + one.getMessage())
            .distinct()
            .toList();
        System.out.println(parts[1] + "\t" + (result.isCompliant() ? "valid" : String.join("; ", broken)));
      }
    }
  }
}
