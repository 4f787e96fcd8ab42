package org.billingtakeover.lists.csv;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Countries by code or name, and the provinces and states of those countries whose taxes depend on them. */
final class Regions {

    /** @param timeZone where most of it lives */
    record Region(String code, ZoneId timeZone) {}

    private static final Words<String> COUNTRIES = countries();
    private static final Map<String, Words<Region>> BY_COUNTRY = regions();

    private Regions() {}

    /** The ISO code of a country. */
    static Optional<String> country(String codeOrName) {
        return COUNTRIES.meaning(codeOrName);
    }

    /** Whether the regions of this country are known. */
    static boolean knowsRegionsOf(String country) {
        return BY_COUNTRY.containsKey(country);
    }

    static Optional<Region> region(String country, String codeOrName) {
        return Optional.ofNullable(BY_COUNTRY.get(country)).flatMap(regions -> regions.meaning(codeOrName));
    }

    private static Words<String> countries() {
        Words<String> countries = new Words<>();
        for (String code : Locale.getISOCountries()) {
            Locale country = new Locale.Builder().setRegion(code).build();
            countries.with(
                    code,
                    code,
                    country.getDisplayCountry(Locale.CANADA),
                    country.getDisplayCountry(Locale.CANADA_FRENCH));
        }
        return countries.with("CA", "CAN").with("US", "USA", "U.S.", "U.S.A.", "United States of America");
    }

    private static Map<String, Words<Region>> regions() {
        Map<String, Words<Region>> regions = new HashMap<>();
        InputStream table = Objects.requireNonNull(Regions.class.getResourceAsStream("/account/regions.csv"));
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(table, StandardCharsets.UTF_8)) {
            for (NamedCsvRecord row : rows) {
                Region region = new Region(row.getField("code"), ZoneId.of(row.getField("time zone")));
                Words<Region> ofCountry = regions.computeIfAbsent(row.getField("country"), country -> new Words<>());
                List<String> names = new ArrayList<>(List.of(row.getField("English"), row.getField("French")));
                Stream.of(row.getField("also").split("\\|"))
                        .filter(name -> !name.isEmpty())
                        .forEach(names::add);
                // A code is also written with points, such as B.C., and beside the name, such as Québec (QC).
                ofCountry.with(
                        region, region.code(), String.join(".", region.code().split("")));
                for (String name : names) {
                    ofCountry.with(region, name, name + " " + region.code(), region.code() + " " + name);
                }
            }
            return regions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
